/** Die E-Mail, die einem Mitglied sagt, was sich an seinen Anmeldewegen geändert hat. Deutsch. */
import { formatDateTime, plural } from "../../format.ts";
import type { SecurityWords } from "./words.ts";

export const security: SecurityWords = {
  events: {
    passkey_added: {
      heading: "Ihrem Konto wurde ein Passkey hinzugefügt",
      text: "Damit melden Sie sich ohne Link an.",
    },
    passkey_removed: {
      heading: "Aus Ihrem Konto wurde ein Passkey entfernt",
      text: "Damit kann sich niemand mehr anmelden.",
    },
    totp_added: {
      heading: "Ihrem Konto wurde eine Code-App hinzugefügt",
      text: "Ab jetzt verlangt ein Link per E-Mail auch einen Code dieser App.",
    },
    totp_removed: {
      heading: "Die Code-App wurde aus Ihrem Konto entfernt",
      text: "Ihre Codes zählen nicht mehr.",
    },
    second_step_on: {
      heading: "Der zweite Schritt wurde eingeschaltet",
      text: "Ab jetzt verlangt ein Link per E-Mail einen zweiten Nachweis.",
    },
    second_step_off: {
      heading: "Der zweite Schritt wurde ausgeschaltet",
      text: "Ab jetzt genügt ein Link per E-Mail für die Anmeldung.",
    },
    recovery_codes_made: {
      heading: "Neue Wiederherstellungscodes wurden erstellt",
      text: "Die bisherigen gelten nicht mehr.",
    },
    recovery_code_used: {
      heading: "Ein Wiederherstellungscode wurde verwendet",
      text: "Er gilt kein zweites Mal.",
    },
    sms_added: {
      heading: "Ihrem Konto wurde eine Mobilnummer hinzugefügt",
      text: "Ab jetzt verlangt ein Link per E-Mail einen zweiten Nachweis, etwa einen Code per SMS an diese Nummer.",
    },
    sms_changed: {
      heading: "Die Mobilnummer Ihres Kontos wurde geändert",
      text: "Codes per SMS gehen jetzt an diese Nummer und nicht mehr an die vorige.",
    },
    sms_removed: {
      heading: "Die Mobilnummer wurde aus Ihrem Konto entfernt",
      text: "Codes per SMS zählen nicht mehr.",
    },
    replies_on: {
      heading: "Antworten an Sie sind jetzt geschützt",
      text: "Bevor eine Antwort erscheint, fragt Pli nach Ihrem zweiten Schritt.",
    },
    replies_off: {
      heading: "Antworten an Sie sind nicht mehr geschützt",
      text: "Sie erscheinen ohne Ihren zweiten Schritt.",
    },
  },
  action: "Ihre Sicherheit ansehen",
  name: "Name",
  left: "Verbleibende Codes",
  leftValue: (left) => plural("de", left, { one: "1 Code", other: `${left} Codes` }),
  at: "Wann",
  when: (atMs, timeZone) => formatDateTime("de", atMs, timeZone, true),
  question: "Waren Sie das nicht?",
  answer: (host) =>
    `Dann hat vielleicht jemand Zugriff auf Ihr Postfach oder eines Ihrer Geräte. Melden Sie sich auf ${host} an, beenden Sie unbekannte Anmeldungen und informieren Sie Ihre Verwaltung.`,
};
