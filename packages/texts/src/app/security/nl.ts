/** Everything about passkeys and second factors in one language, for the checks: pages load the chunk itself. */
export { security } from "./security-nl.ts";
