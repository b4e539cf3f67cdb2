/** What other features may use of history: whom a member wrote to. It has no doors of its own; those of contacts tell it. */
export {
  correspondentsAmong,
  correspondentsBeginning,
  deleteCorrespondent,
  domainsWrittenTo,
  latestCorrespondents,
} from "./correspondents.queries.ts";
export type { CorrespondentsTable } from "./correspondents.table.ts";
export { addressKey, afterPrefix, bySome, domainOf, searchKey } from "./keys.ts";
export { recordCorrespondents, unrecordCorrespondents } from "./record-correspondents.ts";
