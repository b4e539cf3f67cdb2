/** De e-mail die een lid vertelt wat er aan de manieren om in te loggen is veranderd. Nederlands. */
import { formatDateTime, plural } from "../../format.ts";
import type { SecurityWords } from "./words.ts";

export const security: SecurityWords = {
  events: {
    passkey_added: {
      heading: "Er is een toegangssleutel aan uw account toegevoegd",
      text: "Daarmee logt u in zonder link.",
    },
    passkey_removed: {
      heading: "Er is een toegangssleutel uit uw account verwijderd",
      text: "Daarmee kan niemand meer inloggen.",
    },
    totp_added: {
      heading: "Er is een code-app aan uw account toegevoegd",
      text: "Vanaf nu vraagt een link per e-mail ook een code van deze app.",
    },
    totp_removed: { heading: "De code-app is uit uw account verwijderd", text: "De codes ervan tellen niet meer." },
    second_step_on: {
      heading: "De tweede stap is ingeschakeld",
      text: "Vanaf nu vraagt een link per e-mail een tweede bewijs.",
    },
    second_step_off: {
      heading: "De tweede stap is uitgeschakeld",
      text: "Vanaf nu volstaat een link per e-mail om in te loggen.",
    },
    recovery_codes_made: { heading: "Er zijn nieuwe herstelcodes gemaakt", text: "De vorige werken niet meer." },
    recovery_code_used: { heading: "Er is een herstelcode gebruikt", text: "Die werkt geen tweede keer." },
    sms_added: {
      heading: "Er is een mobiel nummer aan uw account toegevoegd",
      text: "Vanaf nu vraagt een link per e-mail om een tweede bewijs, zoals een code per sms naar dit nummer.",
    },
    sms_changed: {
      heading: "Het mobiele nummer van uw account is gewijzigd",
      text: "Codes per sms gaan nu naar dit nummer, en niet meer naar het vorige.",
    },
    sms_removed: {
      heading: "Het mobiele nummer is uit uw account verwijderd",
      text: "Codes per sms tellen niet meer.",
    },
    replies_on: {
      heading: "Antwoorden aan u zijn nu beschermd",
      text: "Voordat een antwoord verschijnt, vraagt Pli om uw tweede stap.",
    },
    replies_off: {
      heading: "Antwoorden aan u zijn niet meer beschermd",
      text: "Ze verschijnen zonder uw tweede stap.",
    },
  },
  action: "Uw beveiliging bekijken",
  name: "Naam",
  left: "Resterende codes",
  leftValue: (left) => plural("nl", left, { one: "1 code", other: `${left} codes` }),
  at: "Wanneer",
  when: (atMs, timeZone) => formatDateTime("nl", atMs, timeZone, true),
  question: "Was u het niet?",
  answer: (host) =>
    `Dan heeft iemand misschien toegang tot uw mailbox of een van uw apparaten. Log in op ${host}, beëindig de sessies die u niet kent en waarschuw uw beheerder.`,
};
