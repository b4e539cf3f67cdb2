/** What other features may use of envelopes: the aggregate of envelope, parts and grants. */
import type { Feature } from "../../http/feature.ts";
import { envelopeRoutes } from "./envelopes.routes.ts";
import { CHUNK_PATH, putChunk } from "./put-chunk.ts";
import { CONTENT_PATH, readContent } from "./read-content.ts";

export { checkContent } from "./check-content.ts";
export { addressToRead } from "./chunk-address.ts";
export { chunkName, chunkSizes, parseGenerations } from "./chunks.ts";
export { hasOpenRequest, insertCopyRequest } from "./copy-requests.queries.ts";
export { createDraft } from "./create-draft.ts";
export { describePart, grantStateAt, iso, passwordParamsOf } from "./describe.ts";
export { addressSchema } from "./drafts.schemas.ts";
export { endOneGrant, endWhole } from "./end-envelope.ts";
export { deleteDraft, endEnvelope, endedWithContent, eraseKeys, overdueWithoutGrants } from "./ending.queries.ts";
export { requireOwnMessage } from "./envelopes.policy.ts";
export { countReplies, findEnvelope, holdEnvelope, memberOf, type PartyRow } from "./envelopes.queries.ts";
export { cursorQuerySchema, pageOf } from "./envelopes.schemas.ts";
export type { EnvelopesTable, GrantsTable, PartsTable } from "./envelopes.table.ts";
export { eraseContent, eraseSoon, erasingDone } from "./erase-content.ts";
export {
  countFirstOpening,
  countWrongTry,
  findGrant,
  type GrantRow,
  lockGrant,
  lockGrantToOpen,
  overdueGrants,
  takeOpening,
} from "./grants.queries.ts";
export { type PartLocation, partsOf, partsOfAll, partsOfGrant } from "./parts.queries.ts";
export { wholeNumber } from "./put-chunk.ts";
export { writerOf } from "./readers.queries.ts";
export { readersQuestionSchema, readersSchema } from "./readers.schemas.ts";
export { mayBeGiven, reachableFrom } from "./reply-to-all.ts";
export { type MessageRecord, recordMessage } from "./send-message.ts";
export { shortManifest } from "./short-manifest.ts";
export { THREAD_PAGE } from "./show-thread.ts";
export { streamPart } from "./stream-part.ts";
export { threadSignal } from "./thread-signal.ts";
export { type ThreadPart, threadOfGrant, threadPart } from "./threads.queries.ts";
export { grantThreadItemSchema } from "./threads.schemas.ts";

export const envelopes: Feature = {
  name: "envelopes",
  routes: envelopeRoutes,
  raw: (services) => [
    { method: "PUT", path: CHUNK_PATH, handle: (request) => putChunk(services, request) },
    { method: "GET", path: CONTENT_PATH, handle: (request) => readContent(services, request) },
  ],
};
