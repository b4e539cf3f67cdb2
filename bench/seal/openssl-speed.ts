/** The yardstick of sealing: what OpenSSL's own benchmark says AES-256-GCM does on one core, in segments as big as ours. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { SEGMENT_BYTES } from "@pli/core/sealing";

const SECONDS = 1;

/** One measurement. @returns MB/s. @throws when openssl is missing or speaks differently */
export async function opensslSpeed(): Promise<number> {
  const args = ["speed", "-evp", "aes-256-gcm", "-bytes", String(SEGMENT_BYTES), "-seconds", String(SECONDS), "-mr"];
  const { stdout } = await promisify(execFile)("openssl", args);
  // Machine readable: `+F:22:AES-256-GCM:5961000000.00`, bytes per second.
  const bytesPerSecond = Number(/^\+F:\d+:[^:]+:([\d.]+)$/m.exec(stdout)?.[1]);
  if (!(bytesPerSecond > 0)) throw new Error("openssl speed gave no figure");
  return bytesPerSecond / 1e6;
}
