/** The recipient's landing page, in Dutch. U; quotation marks ‘ ’; never says: token, grant, fragment. */
import { plural } from "../format.ts";
import type { Landing } from "./landing-en.ts";

export const landing = {
  page: {
    title: (a: { sender: string }) => `Vertrouwelijk bericht van ${a.sender}`,
    untitled: "Vertrouwelijk bericht",
    kicker: "Vertrouwelijk bericht, verzegeld",
    loading: "Een ogenblik…",
    language: "Taal",
    sealedWith: "Verzegeld met Pli",
    reload: "Pagina opnieuw laden",
    failed: "Dat is niet gelukt. Controleer uw verbinding en probeer het opnieuw.",
  },
  landing: {
    title: (a: { sender: string }) => `${a.sender} heeft u geschreven`,
    toAll: (a: { name: string; address: string }) =>
      `Een antwoord op het bericht van ${a.name} (${a.address}), voor allen die erin staan.`,
    to: "Gericht aan",
    before: "Te openen vóór",
    thenDestroyed: (a: { wait: string }) => `nog ${a.wait}; daarna wordt het vernietigd`,
    openings: "Openingen",
    left: (a: { left: number; total: number }) => `nog ${a.left} van ${a.total}`,
    openingLasts: "een opening duurt 60 minuten in deze browser",
    askCode: "Mijn code per e-mail ontvangen",
    askCodeCost:
      "Wij sturen een code van 8 cijfers naar het adres hierboven. Het bericht blijft dicht: dit kost nog geen opening.",
    askSms: "Mijn code per sms ontvangen",
    askSmsCost: "Wij sturen een code van 6 cijfers naar uw telefoon. Dit kost nog geen opening.",
    toPassword: "Wachtwoord invoeren",
    toPasswordCost: "De afzender gaf het u langs een andere weg. Dit kost nog geen opening.",
    read: "Bericht lezen",
    readCost: (a: { left: number }) =>
      `Kost ${plural("nl", a.left, { one: "de laatste opening", other: `1 van de ${a.left} resterende openingen` })}.`,
    readAgain: "Verder lezen",
    readAgainCost: (a: { time: string }) =>
      `U hebt het in deze browser geopend. Tot ${a.time} kost dit geen nieuwe opening.`,
    assurance: (a: { sender: string }) =>
      `Alleen u en ${a.sender} kunnen dit bericht lezen. Het wordt hier ontsleuteld, in uw browser.`,
    genuine: "Hoe weet ik dat het echt is?",
    genuineHost: "Het adres van deze pagina begint met",
    genuineAsk: "Wij vragen nooit om een bankkaart of om het wachtwoord van uw mailbox.",
    genuineCall: "Bel bij twijfel de afzender, op een nummer dat u al kent.",
    notForYou: "Is dit bericht niet voor u?",
    notForYouText: "Open het niet. Waarschuw de afzender, die het kan intrekken.",
    notForYouAct: (a: { sender: string }) => `${a.sender} waarschuwen`,
    notForYouDone: (a: { sender: string }) => `Dank u. ${a.sender} weet nu dat dit bericht niet voor u is.`,
  },
} satisfies Landing;
