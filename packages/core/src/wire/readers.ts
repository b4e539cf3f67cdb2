/**
 * Reply to all (spec: messages.md M16; protocol.md Z5, Z13, Z15): the reply is one envelope, sealed to the sender of the message; for each other
 * reader its writer's device makes a grant with a link secret of its own. Blind copies are in none of it.
 */

/**
 * `POST /api/v1/grants/:grantId/readers`, as long as this browser's opening runs: which of these addresses, that the message itself names, a reply to
 * all reaches now. Changes nothing. Not reached are blind copies, whoever the sender revoked or reached by other ways than mail, and whoever a password
 * protects the message for.
 */
export interface ReadersQuestion {
  readonly addresses: readonly string[];
}
export interface Readers {
  /** As they were asked for, without the writer's own. */
  readonly addresses: readonly string[];
}

/**
 * One more reader of a reply, in SendReply. Factors, expiry, openings and language are those that the server takes from the reader's own right and
 * from the settings of the sender's organisation. The link secret passes through the encrypted outbox (Z15) and is stored nowhere else.
 */
export interface ReplyReader {
  readonly grantId: string; // 16 bytes
  readonly address: string;
  readonly verifierSha256: string; // 32 bytes
  readonly wrappedKey: string; // 60 bytes
  readonly linkSecret: string; // 32 bytes
}
