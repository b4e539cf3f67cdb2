/** Passwords in the worker: proposed ones, and how strong a typed one is. The dictionaries are loaded when the first is typed. */
import { webCrypto } from "@pli/core/crypto-web";
import { type GeneratedPassphrase, generatePassphrase } from "@pli/core/sealing";

/** 0 very weak to 4 very strong. */
export type Score = 0 | 1 | 2 | 3 | 4;

type Judge = (password: string, known: readonly string[]) => Score;
let judge: Promise<Judge> | undefined;

async function loadJudge(): Promise<Judge> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  const estimator = new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs });
  return (password, known) => estimator.check(password, [...known]).score;
}

export const passwordProcedures = {
  /** Words and digits, easy to read out, and how many bits that is. */
  propose: (input: Parameters<typeof generatePassphrase>[1]): Promise<GeneratedPassphrase> =>
    generatePassphrase(webCrypto, input),

  /** @param input.known what an attacker would try first: names, addresses, the subject */
  async strength(input: { password: string; known: readonly string[] }): Promise<Score> {
    judge ??= loadJudge();
    // beyond this nothing is gained but time
    return (await judge)(input.password.slice(0, 100), input.known);
  },
};
