/** Delivery reports as mail systems write them. */

export interface ReportWishes {
  readonly action: string;
  readonly status?: string;
  readonly diagnostic?: string;
  readonly to?: string;
  readonly envelopeId?: string;
}

/** RFC 3464, section 7, in the shape of Postfix. */
export function reportMail(wishes: ReportWishes): string {
  const { action, status = "5.0.0", diagnostic, to = "someone@here.example", envelopeId } = wishes;
  return [
    "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
    `To: ${to}`,
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="B/x"',
    "",
    "--B/x",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "",
    "--B/x",
    "Content-Description: Delivery report",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    ...(envelopeId === undefined ? [] : [`Original-Envelope-Id: ${envelopeId}`]),
    "Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0000 (UTC)",
    "",
    "Final-Recipient: rfc822; nobody@b.example",
    `Action: ${action}`,
    `Status: ${status}`,
    "Remote-MTA: dns; mail.b.example",
    ...(diagnostic === undefined ? [] : [`Diagnostic-Code: smtp; ${diagnostic}`]),
    "",
    "--B/x",
    "Content-Description: Undelivered Message",
    "Content-Type: message/rfc822",
    "",
    "From: plis@aubrelune.example",
    "To: nobody@b.example",
    "Subject: x",
    "",
    "x",
    "",
    "--B/x--",
    "",
  ].join("\r\n");
}
