/** What members receive: the list of replies and reading one. German. */
import { plural } from "../../format.ts";
import type { received as en } from "./en.ts";

export const received = {
  title: "Empfangen",
  listLabel: "Empfangene Nachrichten",
  emptyTitle: "Noch nichts empfangen",
  emptyText: "Antwortet jemand auf eine Ihrer Nachrichten, kommt die Antwort hier an, nur für Sie versiegelt.",
  emptyAction: "Nachricht schreiben",
  locked: "Gesperrt: zum Lesen entsperren",
  unread: "neu",
  files: (a: { count: number }) => plural("de", a.count, { one: `${a.count} Datei`, other: `${a.count} Dateien` }),
  keptUntil: (a: { date: string }) => `aufbewahrt bis ${a.date}`,
  unreadable: "Lässt sich nicht öffnen",
  noSubject: "Ohne Betreff",
  back: "Empfangen",
  from: "Von",
  to: "An",
  inReplyTo: "Antwort auf Ihre Nachricht",
  answer: (a: { name: string }) => `${a.name} antworten`,
  remove: "Löschen",
  removeTitle: "Diese Nachricht löschen?",
  removeText: "Text und Dateien sind dann endgültig fort. Laden Sie vorher herunter, was Sie behalten wollen.",
  removeAction: "Nachricht löschen",
  removed: "Gelöscht",
  keep: "Behalten",
  print: "Drucken",
  unlockTitle: "Zum Lesen entsperren",
  unlockText: "Diese Nachricht ist für Ihre Schlüssel versiegelt. Entsperren Sie einmal auf diesem Gerät.",
  assure: "Für Sie versiegelt: Der Server konnte sie nicht lesen.",
} satisfies typeof en;
