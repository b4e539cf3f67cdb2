/** Errors over HTTP: RFC 9457 problem+json. */
import type { ErrorCode, ErrorDetails } from "../errors.ts";

export interface Problem {
  /** `${origin}/problems/${code}` */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly details?: ErrorDetails;
  readonly requestId?: string;
}

/** A page of a list. `next` is an opaque cursor; absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}
