/** What other features may use of the accounts. */
export {
  type AnonymousCaller,
  type Caller,
  type CallerHeaders,
  callerOf,
  cookieValue,
  type MemberCaller,
  requireMember,
  sha256Text,
} from "./caller.ts";
