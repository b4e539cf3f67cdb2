export { afterCommit } from "./connections.ts";
export { type Db, openDatabase, type Reader, type Tx } from "./database.ts";
export { isUniqueViolation } from "./dialect/faults.ts";
export { forUpdate, forUpdateSkippingHeld, holdName, writesSideBySide } from "./hold.ts";
export { ID_PATTERN, newId } from "./ids.ts";
export { MigrationRefused } from "./migrate.ts";
export { type DatabasePlace, isExposed, PlaceError, type PostgresPlace, parsePostgresUrl, placeName } from "./place.ts";
export { type Flag, fromBytes, fromFlag, type Schema, toBytes, toFlag } from "./schema.ts";
export { preparedInsert, preparedRead, preparedWrite } from "./statement.ts";
