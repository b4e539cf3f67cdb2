/** The operator's work on a whole installation: back up, restore, move, verify. Nothing here is reached by HTTP. */
export { type BackUpReport, backUp } from "./back-up.ts";
export type { Disagreement } from "./disagreement.ts";
export { type Installation, MaintenanceError, type Progress } from "./installation.ts";
export { type MoveReport, type MoveSource, move, moveContent } from "./move.ts";
export { type RestoreReport, restore } from "./restore.ts";
export { type VerifyResult, verify } from "./verify.ts";
