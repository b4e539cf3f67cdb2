/** Solves the proof of work as a page does. */
import { createHash } from "node:crypto";
import type { RobotChallenge } from "@pli/core/wire";
import type { Person } from "../../../testing/http.ts";

/** The payload of `robotCheck` for `challenge`. */
export function solve(challenge: RobotChallenge): string {
  for (let number = 0; number <= challenge.maxnumber; number++) {
    const hash = createHash("sha256").update(`${challenge.salt}${number}`).digest("hex");
    if (hash === challenge.challenge) return payload(challenge, number);
  }
  throw new Error("the challenge has no solution");
}

export function payload({ algorithm, challenge, salt, signature }: RobotChallenge, number: number | string): string {
  return Buffer.from(JSON.stringify({ algorithm, challenge, number, salt, signature })).toString("base64");
}

/** Asks for a challenge and solves it. */
export async function robotCheck(person: Person): Promise<string> {
  return solve((await person.call("GET", "/api/v1/sign-in/challenge")).json<RobotChallenge>());
}
