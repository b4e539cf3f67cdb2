/** Text that UTF-8 can say. The language's own `isWellFormed` came too late for browsers in use (Firefox 119): whoever has none must read, too. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether every surrogate of `text` (UTF-16) is half of a pair. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}
