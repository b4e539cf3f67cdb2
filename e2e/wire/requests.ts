/** HTTP/1.1 requests out of the bytes that a client sent (RFC 9112): strict, so that nothing on the wire escapes the search unread. */

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** Request line and header lines, as they were. */
  readonly head: string;
  /** Without the transfer coding. */
  readonly body: Buffer;
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const END_OF_LINE = Buffer.from("\r\n");

/** All requests of one connection. The last may be cut off: the connection ended. @throws Error when the bytes are no requests */
export function readRequests(bytes: Buffer): readonly RecordedRequest[] {
  const requests: RecordedRequest[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(END_OF_HEAD, at);
    const head = bytes.subarray(at, end < 0 ? bytes.length : end).toString("latin1");
    const [, method = "", path = ""] = /^([A-Z]+) (\S+) HTTP\/1\.1(?:\r\n|$)/.exec(head) ?? [];
    if (method === "" && end >= 0) throw new Error("bytes on the wire that are no request");
    if (end < 0) return [...requests, { method, path, head, body: Buffer.alloc(0) }];
    const body = readBody(bytes, end + END_OF_HEAD.length, head);
    requests.push({ method, path, head, body: body.bytes });
    at = body.next;
  }
  return requests;
}

function readBody(bytes: Buffer, start: number, head: string): { bytes: Buffer; next: number } {
  if (/\r\ntransfer-encoding:\s*chunked/i.test(head)) return readChunks(bytes, start);
  const length = Number(/\r\ncontent-length:\s*(\d+)/i.exec(head)?.[1] ?? 0);
  const next = Math.min(start + length, bytes.length);
  return { bytes: bytes.subarray(start, next), next };
}

function readChunks(bytes: Buffer, start: number): { bytes: Buffer; next: number } {
  const pieces: Buffer[] = [];
  for (let at = start; at < bytes.length; ) {
    const line = bytes.indexOf(END_OF_LINE, at);
    if (line < 0) break;
    const length = Number.parseInt(bytes.subarray(at, line).toString("latin1"), 16);
    const from = line + END_OF_LINE.length;
    if (length === 0) return { bytes: Buffer.concat(pieces), next: from + END_OF_LINE.length };
    pieces.push(bytes.subarray(from, from + length));
    at = from + length + END_OF_LINE.length;
  }
  return { bytes: Buffer.concat(pieces), next: bytes.length };
}
