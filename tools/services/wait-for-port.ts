/** Waits until a program that was started listens on its port of loopback. */
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const PATIENCE_MS = 60_000;

export interface Started {
  /** False: it has ended, and nobody will listen any more. */
  readonly isAlive: () => boolean;
  /** What it said, for the error. */
  readonly complaints: () => Promise<string> | string;
}

/** @throws Error with the program's complaints, when it has ended or takes longer than a minute */
export async function waitForPort(port: number, { isAlive, complaints }: Started): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (isAlive() && performance.now() < deadlineMs) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await pause(20);
  }
  throw new Error(`nobody listens on ${port}: ${await complaints()}`);
}
