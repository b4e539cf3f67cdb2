/** Why a message does not open, and what to do, in Dutch. */
import type { Refused } from "./refused-en.ts";

export const refused = {
  reasons: {
    cut: {
      title: "Deze link is niet volledig",
      text: "Het einde is onderweg verloren gegaan. Open hem opnieuw vanuit de e-mail, of kopieer de hele link naar de adresbalk.",
      note: "Er is niets geopend en niets verloren.",
    },
    unknown: {
      title: "Wij kennen dit bericht niet",
      text: "De link klopt niet, of het bericht is lang geleden verwijderd. Open hem opnieuw vanuit de e-mail.",
      note: "Helpt dat niet, vraag de afzender dan u opnieuw te schrijven.",
    },
    expired: {
      title: "Dit bericht is verlopen",
      text: "De datum is voorbij en de inhoud is vernietigd. Niemand kan het nog lezen.",
    },
    used_up: {
      title: "Alle openingen zijn gebruikt",
      text: "Het is zo vaak geopend als voorzien en daarna vernietigd. Was u dat niet? Waarschuw dan meteen de afzender.",
    },
    revoked: {
      title: "De afzender heeft dit bericht ingetrokken",
      text: "Het kan niet meer worden geopend. Hebt u het nodig, vraag dan een nieuw exemplaar.",
    },
    destroyed: {
      title: "Dit bericht is vernietigd",
      text: "De inhoud bestaat niet meer. Hebt u het nodig, vraag dan een nieuw exemplaar.",
    },
    timeOver: {
      title: "De 60 minuten zijn voorbij",
      text: "Deze opening is afgelopen. De pagina toont het bericht niet meer.",
    },
    locked: {
      title: "Geblokkeerd na te veel verkeerde wachtwoorden",
      text: "Het bericht is veilig en blijft dicht. Er is geen opening verloren.",
      until: (a: { wait: string }) => `U kunt het over ${a.wait} opnieuw proberen.`,
    },
    offline: {
      title: "Geen verbinding",
      text: "Wij kunnen de server niet bereiken. Controleer uw internetverbinding en probeer het opnieuw.",
      note: "Er is geen opening verloren.",
    },
    unavailable: {
      title: "De server antwoordt nu niet",
      text: "Probeer het zo opnieuw. Uw link blijft werken.",
      note: "Er is geen opening verloren.",
    },
    tooMany: {
      title: "Te veel pogingen",
      text: "Wacht even en probeer het opnieuw. Er is niets verloren.",
    },
    integrity: {
      title: "Dit bericht is onderweg gewijzigd",
      text: "Wat aankwam, is niet wat de afzender heeft verzegeld. Voor uw veiligheid tonen wij het niet.",
      note: "Probeer het opnieuw. Gebeurt het weer, bel dan de afzender.",
    },
    version: {
      title: "Deze pagina is ouder dan het bericht",
      text: "Het bericht is met een nieuwere versie gemaakt. Laad de pagina opnieuw om de nieuwste te krijgen.",
    },
    wrongLink: {
      title: "Deze link opent het bericht niet",
      text: "Een deel is onderweg gewijzigd. Open hem opnieuw vanuit de e-mail, of kopieer de hele link.",
      note: "Er is niets geopend en niets verloren.",
    },
    internal: {
      title: "Er ging bij ons iets mis",
      text: "Probeer het opnieuw. Gebeurt het weer, waarschuw dan de afzender.",
      note: "Er is geen opening verloren.",
    },
  },
  again: "Opnieuw proberen",
  reload: "Pagina opnieuw laden",
  askCopy: "Een nieuw exemplaar vragen",
  askCopyNote: (a: { sender: string }) => `${a.sender} ontvangt uw verzoek en beslist.`,
  askCopyDone: (a: { sender: string }) =>
    `Uw verzoek ligt bij ${a.sender}. Na akkoord ontvangt u een nieuwe e-mail; u kunt deze pagina sluiten.`,
  notMe: "Melden: dat was ik niet",
  notMeDone: (a: { sender: string }) => `${a.sender} weet nu dat u het niet was. Niemand anders hoort van uw melding.`,
  failed: "Dat is niet gelukt. Controleer uw verbinding en probeer het opnieuw.",
} satisfies Refused;
