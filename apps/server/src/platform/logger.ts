/** Structured logs (pino JSON lines on stdout). Never a body, a header value, an address, a query string or a secret. */
import { type Logger, pino } from "pino";

export type { Logger };

export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
