/** Mails and figures of the account. English. */

export const account = {
  mails: "Mails",
  mailsLead: "What you want to hear by mail. Mails about your security, replies and requests always come.",
  kinds: {
    opened: { label: "Openings", note: "When somebody opens a message and you asked to be told." },
    unread: { label: "Unread messages", note: "When a message was destroyed without being read." },
    maintenance: { label: "Maintenance and incidents", note: "When the server rests, or something went wrong." },
    news: { label: "News", note: "What is new in Pli here." },
  },
  saved: "Saved",

  usage: "Usage",
  usageLead: "What you sent and received. Months begin at midnight UTC.",
  messages: "Messages",
  recipients: "Recipients",
  size: "Sealed size",
  sms: "SMS",
  replies: "Replies",
};
