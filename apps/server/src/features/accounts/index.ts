/** What other features may use of the accounts. */
export { cookieValue, identify, sha256Text } from "./caller.ts";
