/** The memory of the pieces that a socket yields. */

/**
 * Frees a piece that was written, now: left to the garbage collector, every 30 MB that come in cost a full collection, half of all
 * processor time. Only pieces that are all of their memory, as Node's HTTP parser makes them: other views may be somebody else's.
 */
export function releasePiece(piece: Uint8Array): void {
  const isWhole = piece.length > 0 && piece.length === piece.buffer.byteLength;
  if (isWhole && piece.buffer instanceof ArrayBuffer) piece.buffer.transfer(0);
}
