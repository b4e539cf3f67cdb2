export { type Db, openDatabase, type Reader, type Tx } from "./database.ts";
export { isUniqueViolation } from "./dialect/faults.ts";
export { ID_PATTERN, newId } from "./ids.ts";
export { type Flag, fromBytes, fromFlag, type Schema, toBytes, toFlag } from "./schema.ts";
export { preparedInsert, preparedRead, preparedWrite } from "./statement.ts";
