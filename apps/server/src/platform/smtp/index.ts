export { checkRelay, type RelayFault } from "./check-relay.ts";
export { type DkimSettings, dkimRecord, isDkimKey, isDnsName, makeDkimKey, zoneLine } from "./dkim.ts";
export { type Explained, explainReply } from "./explain-reply.ts";
export { DeliveryError, type MailAddress, type MailTransport, type OutgoingMail, oneLine } from "./mail-transport.ts";
export { type DeliveryReport, REPORT_BYTES_MAX, type ReportMail, readReport } from "./read-report.ts";
export { parseRelayAddress, type RelayAddress } from "./relay-address.ts";
export { type ReportListener, startReportListener } from "./report-listener.ts";
export { createReturnPaths, RETURN_LOCAL_MAX, type ReturnPaths } from "./return-path.ts";
export { createSmtpTransport } from "./smtp-transport.ts";
