/** What a browser lacks to open a message or a secret, or for the members' pages (M19). German. */
import type { Missing } from "./en.ts";

export const missing = {
  language: "Sprache",
  message: "Ihre Nachricht ist sicher, aber dieser Browser kann sie noch nicht öffnen",
  secret: "Das Geheimnis ist sicher, aber dieser Browser kann es noch nicht anzeigen",
  app: "Pli kann noch nicht starten",
  reasons: {
    browser:
      "Dieser Browser ist zu alt. Aktualisieren Sie ihn, oder nehmen Sie einen neuen Firefox, Chrome, Edge oder Safari.",
    secure: "Diese Adresse ist nicht geschützt (https). Öffnen Sie den Link genau so, wie Sie ihn erhalten haben.",
    worker:
      "Dieser Browser lässt Seiten nicht im Hintergrund arbeiten. Erlauben Sie es, oder nehmen Sie einen anderen Browser.",
    cookies: "Cookies sind ausgeschaltet. Erlauben Sie sie für diese Seite und laden Sie neu.",
    start:
      "Ein Teil der Seite ist nicht angekommen. Prüfen Sie Ihre Verbindung, schalten Sie Skriptblocker aus und laden Sie neu.",
  },
  note: "Nichts wurde geöffnet, nichts ist verloren.",
} satisfies Missing;
