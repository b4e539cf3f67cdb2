/** Reply to all, and the receipt of a reply, in German. */
import { plural } from "../format.ts";
import type { ToAll } from "./to-all-en.ts";

export const toAll = {
  legend: "Wer liest Ihre Antwort?",
  only: (a: { sender: string }) => `Nur ${a.sender}`,
  all: (a: { count: number }) =>
    `Allen antworten: ${plural("de", a.count, { one: "1 weitere Person", other: `${a.count} weitere Personen` })}`,
  readers: "Diese lesen sie auch:",
  mail: "Jede Person erhält eine E-Mail mit einem Link.",
  ends: "Der Absender kann sie für alle zurückziehen.",
  hidden: "Ihre Adresse war den anderen verborgen. Wenn Sie allen antworten, erfahren sie sie.",
  title: "Ihre Antwort an alle",
  assurance: (a: { sender: string }) =>
    `Ihre Antwort wird in diesem Browser versiegelt. Nur ${a.sender} und die Personen oben können sie öffnen.`,
  sent: (a: { sender: string }) => `${a.sender} und die anderen werden benachrichtigt. Niemand sonst kann sie öffnen.`,
  changed: "Wer zu erreichen ist, hat sich geändert. Sehen Sie die Namen oben an und senden Sie erneut.",
  often: "Sie haben allen schon oft geantwortet. Warten Sie etwas, oder antworten Sie nur dem Absender.",
  own: (a: { name: string }) => `Um zu antworten, öffnen Sie Ihr eigenes Exemplar der Nachricht von ${a.name}.`,
  keep: "Beleg behalten",
} satisfies ToAll;
