/** The page of a one-time secret, in Dutch. */
import type { Secret } from "./en.ts";

export const secret = {
  page: {
    title: (a) => `Geheim van ${a.sender}`,
    untitled: "Eenmalig geheim",
    kicker: "Eenmalig geheim, verzegeld",
    loading: "Een ogenblik…",
    language: "Taal",
    sealedWith: "Verzegeld met Pli",
    reload: "Pagina opnieuw laden",
    failed: "Dat is niet gelukt. Controleer uw verbinding en probeer het opnieuw.",
  },
  landing: {
    title: (a) => `${a.sender} vertrouwt u een geheim toe`,
    before: "Te tonen vóór",
    thenDestroyed: (a) => `nog ${a.wait}; daarna wordt het vernietigd`,
    views: "Weergaven",
    left: (a) => `${a.left} van ${a.total} over`,
    reveal: "Het geheim tonen",
    cost: (a) =>
      a.left === 1
        ? "Gebruikt de laatste weergave: daarna wordt het geheim vernietigd."
        : `Gebruikt 1 van de ${a.left} weergaven die over zijn. Een pagina die opnieuw laadt, vraagt het weer.`,
    assurance: "Het wordt hier ontsleuteld, in uw browser. Onze server kan het niet lezen.",
    genuine: "Hoe weet ik dat het echt is?",
    genuineHost: "Het adres van deze pagina begint met",
    genuineAsk: "Wij vragen nooit om een bankkaart of om het wachtwoord van uw mailbox.",
    genuineCall: "Bel bij twijfel de afzender op een nummer dat u al kent.",
  },
  password: {
    label: "Wachtwoord",
    hint: "De afzender heeft het u langs een andere weg gegeven.",
    show: "Wachtwoord tonen",
    hide: "Wachtwoord verbergen",
    empty: "Typ eerst het wachtwoord.",
    wrong: (a) =>
      a.tries === undefined
        ? "Verkeerd wachtwoord. Er is geen weergave gebruikt."
        : `Verkeerd wachtwoord. Er is geen weergave gebruikt; nog ${a.tries === 1 ? "1 poging" : `${a.tries} pogingen`}.`,
    tooMany: (a) => `Te veel pogingen. Probeer het over ${a.wait} opnieuw. Er is niets verloren.`,
    working: "Het geheim wordt geopend…",
  },
  shown: {
    title: (a) => `Het geheim van ${a.sender}`,
    text: "Tekst van het geheim",
    copy: "Het geheim kopiëren",
    copied: "Het geheim is gekopieerd.",
    notCopied: "Deze browser heeft het niet gekopieerd. Selecteer dan de tekst.",
    hide: "Nu verbergen",
    hidesIn: (a) => `Wordt over ${a.seconds} s verborgen`,
    hidden: "Het geheim is verborgen.",
    hiddenText: "Het blijft op deze pagina tot u die sluit. Het hier opnieuw tonen gebruikt geen weergave.",
    again: "Opnieuw tonen",
    last: "Dit was de laatste weergave: het geheim is op de server vernietigd.",
    left: (a) => (a.left === 1 ? "Er is 1 weergave over." : `Er zijn ${a.left} weergaven over.`),
    keep: "Kopieer het naar waar het hoort voordat u deze pagina sluit.",
  },
  refused: {
    cut: { title: "Deze link is niet volledig", text: "Het einde ging onderweg verloren. Kopieer de hele link." },
    unknown: { title: "Wij kennen dit geheim niet", text: "De link klopt niet, of het geheim is al lang voorbij." },
    wrongLink: {
      title: "Deze link opent het geheim niet",
      text: "Een deel is onderweg veranderd. Er is geen weergave gebruikt.",
    },
    expired: {
      title: "Dit geheim is verlopen",
      text: "De tijd is voorbij en het is vernietigd. Vraag de afzender om een nieuw geheim.",
    },
    used_up: {
      title: "Dit geheim is al getoond",
      text: "Het is zo vaak getoond als mocht, en toen vernietigd. Was u dat niet? Zeg het de afzender meteen.",
    },
    destroyed: {
      title: "De afzender heeft dit geheim vernietigd",
      text: "Het kan niet meer getoond worden. Vraag de afzender om een nieuw geheim.",
    },
    locked: {
      title: "Geblokkeerd na te veel verkeerde wachtwoorden",
      text: "Het geheim is veilig en blijft gesloten. Probeer het later opnieuw.",
    },
    tooMany: { title: "Te veel pogingen", text: "Wacht even en probeer het dan opnieuw. Er is niets verloren." },
    offline: {
      title: "Geen verbinding",
      text: "Wij kunnen de server niet bereiken. Controleer uw verbinding en probeer het opnieuw.",
    },
    lost: {
      title: "De verbinding brak af tijdens het openen",
      text: "Het antwoord kwam niet aan. Misschien is er een weergave gebruikt. Probeer het opnieuw.",
    },
    integrity: {
      title: "Dit geheim is onderweg veranderd",
      text: "Wat aankwam, is niet wat verzegeld werd. Het wordt niet getoond. Zeg het de afzender.",
    },
    version: {
      title: "Deze pagina is ouder dan het geheim",
      text: "Laad de pagina opnieuw om de nieuwste te krijgen.",
    },
    internal: {
      title: "Er ging bij ons iets mis",
      text: "Probeer het opnieuw. Gebeurt het weer, zeg het dan de afzender.",
    },
    wait: (a) => `U kunt het over ${a.wait} opnieuw proberen.`,
    again: "Opnieuw proberen",
  },
} satisfies Secret;
