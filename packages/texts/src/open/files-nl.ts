/** The files of a message and their previews, in Dutch. */
import { plural } from "../format.ts";
import type { Files } from "./files-en.ts";

export const files = {
  files: {
    title: (a: { count: number }) => plural("nl", a.count, { one: `${a.count} bijlage`, other: `${a.count} bijlagen` }),
    all: "Alles downloaden (ZIP)",
    allName: "bijlagen",
    preview: "Voorbeeld",
    hidePreview: "Sluiten",
    show: "Tonen",
    viewOnly: "alleen om te bekijken",
    download: (a: { name: string }) => `${a.name} downloaden`,
    downloadAgain: (a: { name: string }) => `${a.name} nog eens downloaden`,
    downloading: (a: { name: string }) => `${a.name} wordt gedownload`,
    pause: (a: { name: string }) => `${a.name} pauzeren`,
    resume: (a: { name: string }) => `${a.name} hervatten`,
    cancel: (a: { name: string }) => `${a.name} stoppen`,
    done: "volledig en gecontroleerd",
    paused: "gepauzeerd",
    waiting: "verbinding verbroken, gaat vanzelf verder",
    verifying: "wordt gecontroleerd",
    progress: (a: { done: string; total: string }) => `${a.done} van ${a.total}`,
    speed: (a: { size: string }) => `${a.size}/s`,
    left: (a: { wait: string }) => `nog ${a.wait}`,
    failed: "niet gedownload",
    changed: "onderweg gewijzigd: niet opgeslagen",
    noRoom: "geen ruimte op dit apparaat",
    ended: "de 60 minuten zijn voorbij",
    again: "Opnieuw proberen",
    announceDone: (a: { name: string }) => `${a.name} is volledig en gecontroleerd.`,
    announceFailed: (a: { name: string }) => `${a.name} is niet gedownload.`,
    bigTitle: "Deze download is groot voor deze browser",
    bigText: (a: { size: string }) =>
      `De browser moet ${a.size} in het geheugen houden, en dat kan mislukken. Op een computer schrijven Chrome en Edge meteen naar de schijf.`,
    bigGo: "Toch downloaden",
    bigBack: "Nu niet",
  },
  preview: {
    loading: "Wordt ontsleuteld…",
    failed: "Van dit bestand is er geen voorbeeld. U kunt het downloaden.",
    truncated: (a: { size: string }) =>
      `Alleen het begin wordt getoond (${a.size}). Download het bestand om alles te zien.`,
    page: (a: { page: number; pages: number }) => `Pagina ${a.page} van ${a.pages}`,
    pageImage: (a: { page: number }) => `Pagina ${a.page}, getekend als afbeelding`,
    previous: "Vorige pagina",
    next: "Volgende pagina",
    image: (a: { name: string }) => `Afbeelding: ${a.name}`,
  },
} satisfies Files;
