/**
 * Who may do what with an organisation's settings, as a table:
 *
 *   see what holds for oneself     every member
 *   see and change what is set     its owner and administrators; to all others it does not exist (`not_found`)
 */
import { PliError } from "@pli/core/errors";
import type { Role } from "@pli/core/wire";

/** @throws PliError `not_found` */
export function requireAdministrator(caller: { readonly role: Role }): void {
  if (caller.role !== "owner" && caller.role !== "administrator") throw new PliError("not_found");
}
