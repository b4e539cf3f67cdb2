/** What a feature gives to the server. Listed in features.ts. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Services } from "../services.ts";
import type { Api } from "./api.ts";
import type { Identify } from "./caller.ts";

/** An answer on the raw request, ahead of the framework: for bodies that stream. What it throws becomes a problem. */
export interface RawRoute {
  readonly method: "GET" | "PUT";
  /** Matched against the path; its groups are handed on. */
  readonly path: RegExp;
  /** Writes its head at once, beginning with `securityHeaders`: for small answers, where setting them one by one is half the cost. */
  readonly writesHead?: true;
  handle(request: RawRequest): Promise<void>;
}
export interface RawRequest {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly parameters: readonly string[];
  readonly requestId: string;
  readonly head: boolean;
  /** Names and values in one list, for `writeHead`; empty unless the route `writesHead`: then they are not set yet. */
  readonly securityHeaders: readonly string[];
}

export interface Feature {
  readonly name: string;
  /** Adds operations to the API. */
  routes?(api: Api, services: Services): void;
  raw?(services: Services): readonly RawRoute[];
  /** Only accounts has one. */
  readonly identify?: Identify;
  /** A built page is being sent: may be noted, must not wait, must change nothing. */
  onPage?(services: Services, path: string, incoming: IncomingMessage): void;
  /** Starts work in the background once the server listens. `stop` resolves when none of it runs any more. */
  start?(services: Services): Promise<Running>;
}
export interface Running {
  stop(): Promise<void>;
  /** Lines for people, printed after "Pli is ready at URL". */
  readonly announce?: readonly string[];
}
