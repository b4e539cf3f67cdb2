/** What makes several processes one server: the same key, the same time. */
export { forgetKey, KeyRefused, openKeys } from "./agree-on-key.ts";
