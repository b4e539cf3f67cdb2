/** What a browser lacks to open a message or a secret, or for the members' pages (M19). Dutch. */
import type { Missing } from "./en.ts";

export const missing = {
  language: "Taal",
  message: "Uw bericht is veilig, maar deze browser kan het nog niet openen",
  secret: "Het geheim is veilig, maar deze browser kan het nog niet tonen",
  app: "Pli kan nog niet starten",
  reasons: {
    browser: "Deze browser is te oud. Werk hem bij, of neem een recente Firefox, Chrome, Edge of Safari.",
    secure: "Dit adres is niet beveiligd (https). Open de link precies zoals u hem kreeg.",
    worker: "Deze browser laat pagina’s niet op de achtergrond werken. Sta het toe, of neem een andere browser.",
    cookies: "Cookies staan uit. Sta ze voor deze site toe en laad opnieuw.",
    start:
      "Een deel van de pagina is niet aangekomen. Controleer uw verbinding, zet scriptblokkers uit en laad opnieuw.",
  },
  note: "Er is niets geopend en niets verloren.",
} satisfies Missing;
