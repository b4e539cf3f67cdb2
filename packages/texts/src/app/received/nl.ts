/** What members receive: the list of replies and reading one. Dutch. */
import { plural } from "../../format.ts";
import type { received as en } from "./en.ts";

export const received = {
  title: "Ontvangen",
  listLabel: "Ontvangen berichten",
  emptyTitle: "Nog niets ontvangen",
  emptyText: "Antwoordt iemand op een van uw berichten, dan komt het antwoord hier aan, alleen voor u verzegeld.",
  emptyAction: "Bericht schrijven",
  locked: "Vergrendeld: ontgrendel om te lezen",
  unread: "nieuw",
  files: (a: { count: number }) => plural("nl", a.count, { one: `${a.count} bestand`, other: `${a.count} bestanden` }),
  keptUntil: (a: { date: string }) => `bewaard tot ${a.date}`,
  unreadable: "Kan niet worden geopend",
  noSubject: "Geen onderwerp",
  back: "Ontvangen",
  from: "Van",
  to: "Aan",
  inReplyTo: "Antwoord op uw bericht",
  answer: (a: { name: string }) => `${a.name} antwoorden`,
  remove: "Verwijderen",
  removeTitle: "Dit bericht verwijderen?",
  removeText: "De tekst en de bestanden zijn dan voorgoed weg. Download eerst wat u wilt houden.",
  removeAction: "Bericht verwijderen",
  removed: "Verwijderd",
  keep: "Behouden",
  print: "Afdrukken",
  unlockTitle: "Ontgrendel om te lezen",
  unlockText: "Dit bericht is voor uw sleutels verzegeld. Ontgrendel eenmaal op dit apparaat.",
  assure: "Voor u verzegeld: de server kon het niet lezen.",
} satisfies typeof en;
