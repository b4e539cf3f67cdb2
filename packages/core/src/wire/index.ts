/** The JSON that travels between clients and servers: types, limits, nothing that seals or opens. See docs/api.md. */
export * from "./account.ts";
export * from "./contact.ts";
export * from "./direct.ts";
export * from "./envelope.ts";
export * from "./factors.ts";
export * from "./grant.ts";
export * from "./limits.ts";
export * from "./policies.ts";
export * from "./policy-rules.ts";
export * from "./policy-settle.ts";
export * from "./problem.ts";
export * from "./readers.ts";
export * from "./secret.ts";
export * from "./thread.ts";
