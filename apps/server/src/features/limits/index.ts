/** What other features may use of the limits. */
export { cleanLimits, type Limit, reset, secondsToWait, take, takeIn } from "./take.ts";
export { takeWeighted, type WeightedLimit } from "./weighted.ts";
