/** E-mails en cijfers van het account. Nederlands. */
import type { AccountTexts } from "./index.ts";

export const account: AccountTexts = {
  mails: "E-mails",
  mailsLead: "Wat u per e-mail wilt horen. E-mails over uw beveiliging, antwoorden en verzoeken komen altijd.",
  kinds: {
    opened: { label: "Openingen", note: "Wanneer iemand een bericht opent en u dat wilde weten." },
    unread: { label: "Ongelezen berichten", note: "Wanneer een bericht ongelezen is vernietigd." },
    maintenance: { label: "Onderhoud en storingen", note: "Wanneer de server rust, of er iets misging." },
    news: { label: "Nieuws", note: "Wat er hier nieuw is in Pli." },
  },
  saved: "Opgeslagen",

  usage: "Gebruik",
  usageLead: "Wat u hebt verstuurd en ontvangen. Maanden beginnen om middernacht UTC.",
  messages: "Berichten",
  recipients: "Ontvangers",
  size: "Verzegelde grootte",
  sms: "Sms",
  replies: "Antwoorden",
};
