/** What the operator's commands may use of the tokens. */
export { createToken } from "./create-token.ts";
