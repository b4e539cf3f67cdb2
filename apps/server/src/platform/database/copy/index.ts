/** Whole databases: what tables there are, their rows out and in, a snapshot, the mark of an unfinished copy. */
export {
  createTableDigest,
  decodeRow,
  digestTable,
  encodeRow,
  hasRows,
  insertRows,
  type Row,
  readRows,
  type TableDigest,
} from "./rows.ts";
export { readShapes, type TableShape } from "./shapes.ts";
export { openSnapshot, ownDatabase, type Snapshot } from "./snapshot.ts";
export { ownSqlite, snapshotSqlite } from "./sqlite-snapshot.ts";
export {
  finishedCopy,
  markCopying,
  markFinished,
  markTablesDone,
  requireFinishedCopy,
  unfinishedCopy,
} from "./unfinished.ts";
