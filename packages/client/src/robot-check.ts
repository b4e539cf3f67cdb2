/**
 * The invisible robot check: ALTCHA proof of work, version 1 (https://altcha.org/docs/v1/): find the number whose SHA-256 with the salt is
 * the challenge. Takes a second or so of a core: in a page, run it in a worker.
 */
import { PliError } from "@pli/core/errors";
import type { RobotChallenge } from "@pli/core/wire";

/** A server could otherwise keep a device busy for ever. */
const MOST_WORK = 10_000_000;

/**
 * @returns the payload for SignInLinkRequest.robotCheck, base64 of JSON
 * @throws PliError `robot_check_failed` when there is no solution; `cancelled`
 */
export async function solveRobotChallenge(challenge: RobotChallenge, signal?: AbortSignal): Promise<string> {
  const { algorithm, salt, signature, maxnumber } = challenge;
  const { solveChallenge } = await import("altcha-lib/v1");
  const work = solveChallenge(challenge.challenge, salt, algorithm, Math.min(maxnumber, MOST_WORK));
  const stop = () => work.controller.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });
  const solution = await work.promise.finally(() => signal?.removeEventListener("abort", stop));
  if (signal?.aborted) throw new PliError("cancelled");
  if (solution === null) throw new PliError("robot_check_failed");
  const payload = { algorithm, challenge: challenge.challenge, number: solution.number, salt, signature };
  return btoa(JSON.stringify(payload));
}
