/** Reply to all, and the receipt of a reply, in Dutch. */
import { plural } from "../format.ts";
import type { ToAll } from "./to-all-en.ts";

export const toAll = {
  legend: "Wie leest uw antwoord?",
  only: (a: { sender: string }) => `Alleen ${a.sender}`,
  all: (a: { count: number }) =>
    `Allen beantwoorden: nog ${plural("nl", a.count, { one: "1 persoon", other: `${a.count} personen` })}`,
  readers: "Zij lezen het ook:",
  mail: "Ieder van hen krijgt een e-mail met een link.",
  ends: "De afzender kan het voor allen intrekken.",
  hidden: "Uw adres was voor de anderen verborgen. Als u allen antwoordt, kennen zij het.",
  title: "Uw antwoord aan allen",
  assurance: (a: { sender: string }) =>
    `Uw antwoord wordt in deze browser verzegeld. Alleen ${a.sender} en de mensen hierboven kunnen het openen.`,
  sent: (a: { sender: string }) => `${a.sender} en de anderen krijgen bericht. Niemand anders kan het openen.`,
  changed: "Wie te bereiken is, is veranderd. Bekijk de namen hierboven en verstuur opnieuw.",
  often: "U hebt allen al vaak geantwoord. Wacht even, of antwoord alleen de afzender.",
  own: (a: { name: string }) => `Wilt u antwoorden? Open dan uw eigen exemplaar van het bericht van ${a.name}.`,
  keep: "Bewijs bewaren",
} satisfies ToAll;
