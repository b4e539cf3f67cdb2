/** Code, password and the open letter, in Dutch. */
import { plural } from "../format.ts";
import type { Steps } from "./steps-en.ts";

const tries = (count: number) => plural("nl", count, { one: `${count} poging`, other: `${count} pogingen` });

export const steps = {
  code: {
    title: "Voer de ontvangen code in",
    sentTo: "Verstuurd naar",
    sentAt: (a: { time: string }) => `om ${a.time}, met de referentie`,
    label: "Code van 8 cijfers",
    hint: (a: { time: string }) => `Geldig tot ${a.time}. Bij het laatste cijfer gaat het bericht open.`,
    hintThenPassword: (a: { time: string }) => `Geldig tot ${a.time}. Daarna volgt het wachtwoord.`,
    privateComputer: "Dit is mijn eigen apparaat",
    privateComputerNote: "Hier 12 uur lang geen code meer vragen.",
    confirm: "Code bevestigen",
    confirmCost: "Dit kost nog geen opening.",
    nothing: "Niets ontvangen?",
    nothingSpam: "Kijk in uw spammap; sommige aanbieders doen er 10 minuten over.",
    nothingOld: "Een nieuwe code vervangt de eerste niet: elke code die nog geldig is, werkt.",
    again: "Nieuwe code ontvangen",
    againIn: (a: { seconds: number }) => `Nieuwe code over ${a.seconds} s`,
    againSent: (a: { reference: string }) => `Een nieuwe code is onderweg, met de referentie ${a.reference}.`,
    noAccess: "Ik kan niet meer bij deze mailbox",
    noAccessText: (a: { sender: string }) => `Vraag ${a.sender} het naar een ander adres te sturen.`,
    wrong: (a: { tries: number | undefined; reference: string }) =>
      `Dit is niet de code met de referentie ${a.reference}.${a.tries === undefined ? "" : ` Nog ${tries(a.tries)}.`} Er is geen opening verloren.`,
    wrongOut: "Te veel verkeerde codes. Vraag een nieuwe aan. Er is geen opening verloren.",
    expired: "Deze code klopte, maar de 15 minuten zijn voorbij. Vraag een nieuwe aan.",
    tooMany: (a: { wait: string }) => `Te veel pogingen. Probeer het over ${a.wait} opnieuw. Er is niets verloren.`,
    short: "De code heeft 8 cijfers.",
  },
  password: {
    title: "Voer het wachtwoord in",
    lead: (a: { sender: string }) =>
      `${a.sender} heeft dit bericht met een wachtwoord beveiligd en het u langs een andere weg gegeven.`,
    label: "Wachtwoord",
    show: "Wachtwoord tonen",
    hide: "Wachtwoord verbergen",
    wrong: (a: { tries: number | undefined }) =>
      a.tries === undefined
        ? "Verkeerd wachtwoord. Er is niets geopend."
        : `Verkeerd wachtwoord. Er is niets geopend; nog ${tries(a.tries)}.`,
    empty: "Voer eerst het wachtwoord in.",
    forgotten: "Ik heb het wachtwoord niet",
    forgottenText: (a: { sender: string }) =>
      `Wij kennen het niet, en niemand kan het terughalen. Vraag het aan ${a.sender}, liefst per telefoon.`,
    working: "Wachtwoord wordt gecontroleerd…",
  },
  letter: {
    noSubject: "(geen onderwerp)",
    claim: {
      title: "Dit bericht noemt een andere afzender",
      text: (a: { claimed: string; proven: string }) =>
        `Het zegt van ${a.claimed} te komen, maar is verstuurd door ${a.proven}. Alleen het tweede adres is gecontroleerd. Vraag het langs een andere weg na voordat u erop vertrouwt.`,
    },
    to: "Aan",
    copyTo: "kopie aan",
    print: "Brief afdrukken",
    empty: "Dit bericht bevat geen tekst.",
    last: {
      title: (a: { left: string }) => `Dit is de laatste opening: nog ${a.left}`,
      text: (a: { time: string }) =>
        `Tot ${a.time} kunt u in deze browser de pagina opnieuw laden en downloads afmaken. Daarna worden het bericht en de bestanden vernietigd.`,
    },
    open: {
      title: (a: { time: string }) => `Open in deze browser tot ${a.time}`,
      text: (a: { left: number }) =>
        plural("nl", a.left, {
          one: `Daarna is er nog ${a.left} opening.`,
          other: `Daarna zijn er nog ${a.left} openingen.`,
        }),
    },
    minutes: (a: { minutes: number }) =>
      plural("nl", a.minutes, { one: `${a.minutes} minuut`, other: `${a.minutes} minuten` }),
    lessThanMinute: "minder dan een minuut",
    over: {
      title: "De 60 minuten zijn voorbij",
      last: "Het bericht en de bestanden worden nu vernietigd. Wat u hebt gedownload, blijft bij u.",
      more: "Het bericht is weer dicht. Met uw link kunt u het nog eens openen.",
      again: "Opnieuw openen",
    },
  },
} satisfies Steps;
