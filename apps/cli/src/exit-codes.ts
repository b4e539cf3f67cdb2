/** Exit codes, which scripts rely on: 0 done, 2 usage, 3 refused, 4 wrong code or password, 5 network or server, 6 integrity. */
import type { ErrorCode } from "@pli/core/errors";

export const EXIT = { done: 0, usage: 2, refused: 3, wrong: 4, server: 5, integrity: 6, interrupted: 130 } as const;

/** Every error code has one. */
export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  bad_input: EXIT.usage,
  bad_link: EXIT.usage,
  payload_too_large: EXIT.usage,
  unsupported_media_type: EXIT.usage,
  unsupported_version: EXIT.refused,
  idempotency_mismatch: EXIT.usage,
  not_signed_in: EXIT.refused,
  not_found: EXIT.refused,
  forbidden_origin: EXIT.refused,
  sign_in_link_invalid: EXIT.refused,
  confirmation_required: EXIT.refused,
  confirmation_wrong: EXIT.wrong,
  robot_check_failed: EXIT.refused,
  mailbox_proof_required: EXIT.wrong,
  wrong_code: EXIT.wrong,
  code_expired: EXIT.wrong,
  wrong_password: EXIT.wrong,
  locked: EXIT.wrong,
  expired: EXIT.refused,
  used_up: EXIT.refused,
  revoked: EXIT.refused,
  destroyed: EXIT.refused,
  opening_required: EXIT.refused,
  conflict: EXIT.refused,
  already_exists: EXIT.refused,
  last_slot: EXIT.refused,
  too_late: EXIT.refused,
  limit_reached: EXIT.usage,
  rate_limited: EXIT.server,
  storage_full: EXIT.server,
  unavailable: EXIT.server,
  internal: EXIT.server,
  integrity: EXIT.integrity,
  network: EXIT.server,
  cancelled: EXIT.interrupted,
  keyring_locked: EXIT.usage,
};
