/** Making members: the first owner of a new server, and those whom the operator adds. */
import { PliError } from "@pli/core/errors";
import { type Language, LIMITS, type Role } from "@pli/core/wire";
import { holdName, newId, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import type { MembersTable } from "../organisations/organisations.table.ts";
import { allMembers, firstOrganisation, insertMember, insertOrganisation, memberByAddress } from "./members.queries.ts";

/** Held by whoever may be the first: there is one first organisation, whichever nodes start together. */
const FIRST_START = "first organisation";

type Needs = Pick<Services, "db" | "clock" | "config">;

/** The owner of this server, made with the organisation at the first start. Safe to call from several processes at once. */
export async function ensureOwner(services: Needs): Promise<MembersTable> {
  return await services.db.write(async (tx) => {
    await holdName(tx, FIRST_START);
    const members = await allMembers(tx);
    const owner = members.find((member) => member.role === "owner") ?? members[0];
    if (owner !== undefined) return owner;
    return await create(services, tx, { address: services.config.owner, name: "", role: "owner", language: "en" });
  });
}

/** @throws `already_exists` when the address is a member's, `bad_input` {field} */
export async function addMember(
  services: Needs,
  member: { readonly address: string; readonly name: string; readonly role: Role; readonly language: Language },
): Promise<MembersTable> {
  const address = member.address.trim().toLowerCase();
  const name = member.name.trim();
  if (!isAddress(address)) throw new PliError("bad_input", { details: { field: "address" } });
  if (!isName(name)) throw new PliError("bad_input", { details: { field: "name" } });
  return await services.db.write(async (tx) => {
    await holdName(tx, FIRST_START);
    if ((await memberByAddress(tx, address)) !== undefined) throw new PliError("already_exists");
    return await create(services, tx, { ...member, address, name });
  });
}

async function create(
  services: Needs,
  tx: Tx,
  member: { readonly address: string; readonly name: string; readonly role: Role; readonly language: Language },
): Promise<MembersTable> {
  const nowMs = services.clock.now();
  const organisation = (await firstOrganisation(tx)) ?? {
    organisation_id: newId(nowMs),
    name: services.config.organisation,
    created_at_ms: nowMs,
  };
  if ((await firstOrganisation(tx)) === undefined) await insertOrganisation(tx, organisation);
  const row: MembersTable = {
    member_id: newId(nowMs),
    organisation_id: organisation.organisation_id,
    entity_id: null,
    address: member.address,
    name: member.name,
    role: member.role,
    time_zone: "UTC",
    language: member.language,
    defaults: "{}",
    created_at_ms: nowMs,
    second_step: null,
    confirm_replies: null,
  };
  if (!(await insertMember(tx, row))) throw new PliError("already_exists");
  return row;
}

const ADDRESS = /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/;

function isAddress(value: string): boolean {
  return value.length <= LIMITS.addressCharacters && ADDRESS.test(value);
}

/** One line, not empty, not too long; no control or direction-changing characters that could imitate other text. */
export function isName(value: string): boolean {
  const length = [...value].length;
  return (
    length > 0 && length <= LIMITS.nameCharacters && !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(value)
  );
}
