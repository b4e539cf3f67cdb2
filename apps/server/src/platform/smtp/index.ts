export { checkRelay, type RelayFault } from "./check-relay.ts";
export { type Explained, explainReply } from "./explain-reply.ts";
export { DeliveryError, type MailAddress, type MailTransport, type OutgoingMail, oneLine } from "./mail-transport.ts";
export { parseRelayAddress, type RelayAddress } from "./relay-address.ts";
export { createSmtpTransport } from "./smtp-transport.ts";
