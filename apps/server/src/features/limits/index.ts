/** What other features may use of the limits. */
export { cleanLimits, type Limit, requireTurn, reset, secondsToWait, take, takeIn, takeWithin } from "./take.ts";
export { takeEachIn, takeWeightedIn, type WeightedTurns } from "./weighted.ts";
export { lockAfter, verifierMatches } from "./wrong-tries.ts";
