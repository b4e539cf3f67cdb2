/** The files of a message and their previews, in German. */
import { plural } from "../format.ts";
import type { Files } from "./files-en.ts";

export const files = {
  files: {
    title: (a: { count: number }) => plural("de", a.count, { one: "1 Anhang", other: `${a.count} Anhänge` }),
    all: "Alles herunterladen (ZIP)",
    allName: "anhaenge",
    preview: "Vorschau",
    hidePreview: "Schließen",
    show: "Anzeigen",
    viewOnly: "nur zum Ansehen",
    download: (a: { name: string }) => `${a.name} herunterladen`,
    downloadAgain: (a: { name: string }) => `${a.name} noch einmal herunterladen`,
    downloading: (a: { name: string }) => `${a.name} wird heruntergeladen`,
    pause: (a: { name: string }) => `${a.name} anhalten`,
    resume: (a: { name: string }) => `${a.name} fortsetzen`,
    cancel: (a: { name: string }) => `${a.name} abbrechen`,
    done: "vollständig und geprüft",
    paused: "angehalten",
    waiting: "Verbindung unterbrochen, geht von selbst weiter",
    verifying: "wird geprüft",
    progress: (a: { done: string; total: string }) => `${a.done} von ${a.total}`,
    speed: (a: { size: string }) => `${a.size}/s`,
    left: (a: { wait: string }) => `noch ${a.wait}`,
    failed: "nicht heruntergeladen",
    changed: "unterwegs verändert: nicht gespeichert",
    noRoom: "kein Platz mehr auf diesem Gerät",
    ended: "die 60 Minuten sind vorbei",
    again: "Erneut versuchen",
    announceDone: (a: { name: string }) => `${a.name} ist vollständig und geprüft.`,
    announceFailed: (a: { name: string }) => `${a.name} wurde nicht heruntergeladen.`,
    bigTitle: "Dieser Download ist groß für diesen Browser",
    bigText: (a: { size: string }) =>
      `Er muss ${a.size} im Arbeitsspeicher halten, und das kann scheitern. Am Computer schreiben Chrome und Edge direkt auf die Festplatte.`,
    bigGo: "Trotzdem herunterladen",
    bigBack: "Jetzt nicht",
  },
  preview: {
    loading: "Wird entschlüsselt…",
    failed: "Für diese Datei gibt es keine Vorschau. Sie können sie herunterladen.",
    truncated: (a: { size: string }) =>
      `Nur der Anfang wird angezeigt (${a.size}). Laden Sie die Datei herunter, um alles zu sehen.`,
    page: (a: { page: number; pages: number }) => `Seite ${a.page} von ${a.pages}`,
    pageImage: (a: { page: number }) => `Seite ${a.page}, als Bild gezeichnet`,
    previous: "Vorige Seite",
    next: "Nächste Seite",
    image: (a: { name: string }) => `Bild: ${a.name}`,
  },
} satisfies Files;
