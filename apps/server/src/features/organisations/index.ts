/** Tenants and their people, as every feature may ask for them. */
export { holdMember, memberById, organisationName } from "./organisations.queries.ts";
