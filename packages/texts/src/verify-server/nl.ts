/** Checking a server against a release, in Dutch. */
import { formatNumber, plural } from "../format.ts";
import type { VerifyServerTexts } from "./en.ts";

const files = (count: number) =>
  `${formatNumber("nl", count)} ${plural("nl", count, { one: "bestand", other: "bestanden" })}`;

export const verifyServer = {
  faults: {
    changed: () => "de inhoud is niet die van de versie",
    missing: (a: { detail: string }) => `het ontbreekt: de server antwoordde ${a.detail}`,
    redirected: (a: { detail: string }) =>
      `de server leidt ergens anders heen${a.detail === "" ? "" : `: ${a.detail}`}`,
    unreadable: () => "het ontbreekt, of de server laat het deze pagina niet lezen",
    wrong_type: (a: { detail: string }) =>
      `het wordt als een ander soort bestand verstuurd: ${a.detail || "geen genoemd"}`,
    policy_missing: () => "het komt zonder de regel die vreemde code buiten houdt (Content-Security-Policy)",
    policy_weaker: (a: { detail: string }) => `de regel die vreemde code buiten houdt, is zwakker bij ${a.detail}`,
    inline_script: (a: { detail: string }) => `er is een script in de pagina geschreven: ${a.detail}`,
    foreign: (a: { detail: string }) => `de pagina laadt iets van elders: ${a.detail}`,
    unknown: (a: { detail: string }) => `de pagina laadt een bestand dat de versie niet heeft: ${a.detail}`,
  },
  same: (a: { server: string; count: number; version: string }) =>
    `${a.server} leverde precies versie ${a.version}: ${files(a.count)} vergeleken.`,
  differs: (a: { server: string; count: number; compared: number; version: string }) =>
    `${a.server} leverde niet versie ${a.version}: ${formatNumber("nl", a.count)} van ${files(a.compared)} ${plural("nl", a.count, { one: "wijkt af", other: "wijken af" })}.`,
  otherRelease:
    "Wijken bijna alle bestanden af, dan draait op de server wellicht een andere versie: vergelijk eerst met de lijst daarvan voordat u zich zorgen maakt.",
  onlyYou: "Dit toont wat de server u zojuist stuurde. Aan anderen, of later, kan hij iets anders sturen.",

  title: "Draait op deze server het gepubliceerde Pli?",
  lead: "Deze pagina bevat de lijst van een versie: elk bestand dat een browser laadt, met zijn vingerafdruk. De pagina vraagt de server om elk daarvan en vergelijkt.",
  language: "Taal",
  release: (a: { version: string; count: number }) => `Versie ${a.version}, ${files(a.count)}`,
  address: "Adres van de server",
  addressHint: "Zoals https://pli.example.org",
  badAddress: "Dit is geen adres van een server. Het begint met https://.",
  storage: "Bestanden gaan naar een opslag elders",
  storageAddress: "Adres van de opslag",
  storageHint:
    "Alleen als de beheerder van de server u er een noemde: dan is het geen fout dat pagina’s die mogen bereiken.",
  start: "Deze server controleren",
  startNote: "Alleen de server wordt benaderd, en die krijgt niets dan verzoeken om zijn openbare bestanden.",
  checking: (a: { done: number; total: number }) =>
    `${formatNumber("nl", a.done)} van ${formatNumber("nl", a.total)} vergeleken`,
  sameTitle: "Alles is zoals gepubliceerd",
  differsTitle: "Dit is niet wat gepubliceerd is",
  differsAdvice:
    "Schrijf of open niets op deze server tot u weet waarom. Vraag het de beheerder, per telefoon of persoonlijk.",
  unreachableTitle: "Daar antwoordde geen Pli-server",
  unreachable:
    "Controleer het adres en uw verbinding. Een server die ouder is dan deze versie, kan deze pagina niet lezen.",
  unavailable: "De server antwoordt dat hij nu niet kan leveren. Probeer het over een paar minuten opnieuw.",
  insecure:
    "Deze browser berekent op deze pagina geen vingerafdrukken. Open die vanaf uw eigen schijf, of vanaf een beveiligd adres (https).",
  file: "Bestand",
  fault: "Wat er mis is",
  doubt: "Waarom u deze pagina mag geloven",
  doubtText:
    "De pagina kwam niet van de server die ze controleert. Vergelijk de vingerafdruk van dit bestand met die welke bij de versie is gepubliceerd, langs twee verschillende wegen. De opdracht pli verify-server doet dezelfde controle.",
} satisfies VerifyServerTexts;
