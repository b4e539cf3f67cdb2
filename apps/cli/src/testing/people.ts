/** For tests: a member with a logged-in command line, and recipients with a folder and a state of their own. */
import { join } from "node:path";
import { after } from "node:test";
import {
  type CliRun,
  codeFor,
  loginCli,
  type RunningServer,
  runCli,
  type Scope,
  type Sent,
  sendByCli,
  startServer,
  temporaryFolder,
} from "../../../../e2e/harness.ts";

export interface Sender {
  readonly server: RunningServer;
  readonly home: string;
  send(...args: readonly string[]): Promise<Sent>;
  run(...args: readonly string[]): Promise<CliRun>;
  /** Runs with `--json`, expects success, gives the result. */
  json<T>(...args: readonly string[]): Promise<T>;
}

export interface Recipient {
  readonly home: string;
  readonly folder: string;
  readonly address: string;
  run(args: readonly string[], input?: string): Promise<CliRun>;
  /** Opens by a code from the mailbox, as people do: asks for it first. */
  open(link: string, ...args: readonly string[]): Promise<CliRun>;
}

/** The whole test file as a scope: what is started is stopped at its end. */
export const FILE_SCOPE: Scope = { after: (end) => after(end) };

export async function newSender(scope: Scope = FILE_SCOPE): Promise<Sender> {
  const server = await startServer(scope);
  const home = await loginCli(scope, server);
  const run = (...args: readonly string[]) => runCli(args, { home });
  return {
    server,
    home,
    run,
    send: (...args) => sendByCli(home, args),
    async json(...args) {
      const done = await run(...args, "--json");
      if (done.status !== 0) throw new Error(`pli ${args[0]} ended with ${done.status}: ${done.stderr}`);
      return JSON.parse(done.stdout);
    },
  };
}

let people = 0;

export async function newRecipient(scope: Scope, server: RunningServer): Promise<Recipient> {
  const home = await temporaryFolder(scope, "pli-recipient");
  const address = `jane${++people}@courriel.example`;
  const run = (args: readonly string[], input?: string) => {
    return runCli(args, { home, ...(input !== undefined && { input }) });
  };
  return {
    home,
    address,
    folder: join(home, "out"),
    run,
    async open(link, ...args) {
      const all = ["open", link, "--out", join(home, "out"), ...args];
      const first = await run(all);
      if (first.status !== 4 || !/reference|a moment ago/.test(first.stderr)) return first;
      return run([...all, "--code", await codeFor(server, address)]);
    },
  };
}
