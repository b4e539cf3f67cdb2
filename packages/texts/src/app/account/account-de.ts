/** E-Mails und Zahlen des Kontos. Deutsch. */
import type { AccountTexts } from "./index.ts";

export const account: AccountTexts = {
  mails: "E-Mails",
  mailsLead: "Was Sie per E-Mail erfahren möchten. E-Mails zu Sicherheit, Antworten und Anfragen kommen immer.",
  kinds: {
    opened: { label: "Öffnungen", note: "Wenn jemand eine Nachricht öffnet und Sie das wissen wollten." },
    unread: { label: "Ungelesene Nachrichten", note: "Wenn eine Nachricht ungelesen vernichtet wurde." },
    maintenance: { label: "Wartung und Störungen", note: "Wenn der Server ruht oder etwas schiefging." },
    news: { label: "Neues", note: "Was hier in Pli neu ist." },
  },
  saved: "Gespeichert",

  usage: "Nutzung",
  usageLead: "Was Sie gesendet und erhalten haben. Monate beginnen um Mitternacht UTC.",
  messages: "Nachrichten",
  recipients: "Empfänger",
  size: "Versiegelte Größe",
  sms: "SMS",
  replies: "Antworten",
};
