/** A DNS server in this process (RFC 1035), over UDP: it knows what it is told, and says of everything else that there is no such name. */
import { createSocket } from "node:dgram";
import { once } from "node:events";

export interface DnsZone {
  readonly texts?: Readonly<Record<string, readonly string[]>>;
  readonly exchanges?: Readonly<Record<string, string>>;
}

const TYPES = { mx: 15, txt: 16 } as const;
const NO_SUCH_NAME = 3;

/** @returns `address:port`, for a resolver */
export async function startDnsServer(
  scope: { after(clean: () => Promise<void>): void },
  zone: DnsZone,
): Promise<string> {
  const socket = createSocket("udp4");
  socket.on("message", (question, { address, port }) => {
    const { name, end } = nameAt(question, 12);
    const type = question.readUInt16BE(end);
    const answers = answersTo(zone, name.toLowerCase(), type);
    const isKnown = [zone.texts, zone.exchanges].some((records) => records?.[name.toLowerCase()] !== undefined);
    const head = Buffer.alloc(12);
    question.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8580 | (isKnown ? 0 : NO_SUCH_NAME), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(answers.length, 6);
    const records = answers.map((data) => {
      const record = Buffer.alloc(12);
      record.writeUInt16BE(0xc00c, 0);
      record.writeUInt16BE(type, 2);
      record.writeUInt16BE(1, 4);
      record.writeUInt32BE(60, 6);
      record.writeUInt16BE(data.length, 10);
      return Buffer.concat([record, data]);
    });
    socket.send(Buffer.concat([head, question.subarray(12, end + 4), ...records]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  scope.after(async () => {
    socket.close();
    await once(socket, "close");
  });
  return `127.0.0.1:${socket.address().port}`;
}

function answersTo(zone: DnsZone, name: string, type: number): readonly Buffer[] {
  if (type === TYPES.txt) {
    return (zone.texts?.[name] ?? []).map((text) =>
      Buffer.concat(
        (text.match(/.{1,255}/g) ?? [""]).map((piece) => Buffer.from([piece.length, ...Buffer.from(piece)])),
      ),
    );
  }
  const exchange = zone.exchanges?.[name];
  if (type !== TYPES.mx || exchange === undefined) return [];
  return [Buffer.concat([Buffer.from([0, 10]), nameBytes(exchange)])];
}

function nameAt(message: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), end: at + 1 };
}

function nameBytes(name: string): Buffer {
  const labels = name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
