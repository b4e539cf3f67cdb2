/** Checking a server against a release, in German. */
import { formatNumber, plural } from "../format.ts";
import type { VerifyServerTexts } from "./en.ts";

const files = (count: number) =>
  `${formatNumber("de", count)} ${plural("de", count, { one: "Datei", other: "Dateien" })}`;

export const verifyServer = {
  faults: {
    changed: () => "ihr Inhalt ist nicht der der Version",
    missing: (a: { detail: string }) => `sie fehlt: der Server antwortete ${a.detail}`,
    redirected: (a: { detail: string }) => `der Server führt woandershin${a.detail === "" ? "" : `: ${a.detail}`}`,
    unreadable: () => "sie fehlt, oder der Server lässt diese Seite sie nicht lesen",
    wrong_type: (a: { detail: string }) => `sie wird als andere Dateiart gesendet: ${a.detail || "keine genannt"}`,
    policy_missing: () => "sie kommt ohne die Regel, die fremden Code fernhält (Content-Security-Policy)",
    policy_weaker: (a: { detail: string }) => `die Regel, die fremden Code fernhält, ist schwächer bei ${a.detail}`,
    inline_script: (a: { detail: string }) => `ein Skript wurde in die Seite geschrieben: ${a.detail}`,
    foreign: (a: { detail: string }) => `die Seite lädt etwas von anderswo: ${a.detail}`,
    unknown: (a: { detail: string }) => `die Seite lädt eine Datei, die zur Version nicht gehört: ${a.detail}`,
  },
  same: (a: { server: string; count: number; version: string }) =>
    `${a.server} hat genau Version ${a.version} geliefert: ${files(a.count)} verglichen.`,
  differs: (a: { server: string; count: number; compared: number; version: string }) =>
    `${a.server} hat Version ${a.version} nicht geliefert: ${formatNumber("de", a.count)} von ${files(a.compared)} ${plural("de", a.count, { one: "weicht ab", other: "weichen ab" })}.`,
  otherRelease:
    "Weichen fast alle Dateien ab, läuft auf dem Server wohl eine andere Version: Vergleichen Sie erst mit deren Liste, bevor Sie sich sorgen.",
  onlyYou: "Das zeigt, was der Server Ihnen gerade gesendet hat. Anderen, oder später, könnte er etwas anderes senden.",

  title: "Läuft auf diesem Server das veröffentlichte Pli?",
  lead: "Diese Seite enthält die Liste einer Version: jede Datei, die ein Browser lädt, mit ihrem Fingerabdruck. Sie fragt den Server nach jeder davon und vergleicht.",
  language: "Sprache",
  release: (a: { version: string; count: number }) => `Version ${a.version}, ${files(a.count)}`,
  address: "Adresse des Servers",
  addressHint: "Etwa https://pli.example.org",
  badAddress: "Das ist keine Adresse eines Servers. Sie beginnt mit https://.",
  storage: "Dateien liegen in einem Speicher anderswo",
  storageAddress: "Adresse des Speichers",
  storageHint:
    "Nur wenn die Betreiber des Servers Ihnen einen genannt haben: Dann ist es kein Fehler, dass Seiten ihn erreichen dürfen.",
  start: "Diesen Server prüfen",
  startNote: "Nur der Server wird angesprochen, und er erhält nichts als Anfragen nach seinen öffentlichen Dateien.",
  checking: (a: { done: number; total: number }) =>
    `${formatNumber("de", a.done)} von ${formatNumber("de", a.total)} verglichen`,
  sameTitle: "Alles ist wie veröffentlicht",
  differsTitle: "Das ist nicht, was veröffentlicht wurde",
  differsAdvice:
    "Schreiben und öffnen Sie auf diesem Server nichts, bis Sie wissen, warum. Fragen Sie die Betreiber, am Telefon oder persönlich.",
  unreachableTitle: "Dort hat kein Pli-Server geantwortet",
  unreachable:
    "Prüfen Sie die Adresse und Ihre Verbindung. Einen Server, der älter ist als diese Version, kann diese Seite nicht lesen.",
  unavailable: "Der Server antwortet, dass er gerade nicht liefern kann. Versuchen Sie es in ein paar Minuten erneut.",
  insecure:
    "Dieser Browser berechnet auf dieser Seite keine Fingerabdrücke. Öffnen Sie sie von Ihrer Festplatte oder über eine geschützte Adresse (https).",
  file: "Datei",
  fault: "Was nicht stimmt",
  doubt: "Warum Sie dieser Seite glauben können",
  doubtText:
    "Sie kam nicht von dem Server, den sie prüft. Vergleichen Sie den Fingerabdruck dieser Datei mit dem, der mit der Version veröffentlicht wurde, auf zwei verschiedenen Wegen. Der Befehl pli verify-server prüft dasselbe.",
} satisfies VerifyServerTexts;
