/** Cuts what arrives in any sizes into pieces of given sizes. Copies only what lies across arrivals. */

export interface Cutter {
  /**
   * The full pieces that are known not to be the last: views of the arrival or of the cutter's own memory, to be used before the next
   * is asked for. To be read to its end; then the arrival's memory is the caller's again.
   */
  push(arrival: Uint8Array): Generator<Uint8Array, void>;
  /** What is left when no more arrives: at most one full piece, perhaps nothing. */
  last(): Uint8Array;
}

/** @param first size of the first piece @param next size of the others: a full piece is held back until more arrives */
export function createCutter(first: number, next: number): Cutter {
  const held = new Uint8Array(Math.max(first, next));
  let heldBytes = 0;
  let size = first;
  return {
    *push(arrival) {
      let at = 0;
      if (heldBytes > 0) {
        at = Math.min(size - heldBytes, arrival.length);
        held.set(arrival.subarray(0, at), heldBytes);
        heldBytes += at;
        if (at === arrival.length) return;
        yield held.subarray(0, heldBytes);
        heldBytes = 0;
        size = next;
      }
      while (arrival.length - at > size) {
        const end = at + size;
        yield arrival.subarray(at, end);
        at = end;
        size = next;
      }
      held.set(arrival.subarray(at));
      heldBytes = arrival.length - at;
    },
    last: () => held.subarray(0, heldBytes),
  };
}
