/** What other features may use of the limits. */
export { networkOf } from "./network.ts";
export { cleanLimits, type Limit, reset, secondsToWait, take, takeIn } from "./take.ts";
