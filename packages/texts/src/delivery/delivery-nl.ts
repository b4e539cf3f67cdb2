/** What became of a notification, in Dutch. */
import type { DeliveryTexts } from "./index.ts";

export const delivery: DeliveryTexts = {
  states: {
    held: "vertrekt zo meteen",
    waiting: "onderweg",
    delayed: "vertraagd, wordt vanzelf opnieuw geprobeerd",
    accepted: "aangenomen door de volgende server",
    delivered: "bezorgd in de mailbox",
    failed: "niet bezorgd",
  },
  reasons: {
    no_mailbox: "Deze mailbox bestaat niet. Controleer het adres.",
    no_domain: "Wat achter de @ staat, ontvangt geen e-mail. Controleer het adres.",
    mailbox_full: "Deze mailbox is vol.",
    mailbox_off: "Deze mailbox ontvangt op dit moment geen e-mail.",
    too_large: "De e-mail is te groot voor deze mailbox.",
    refused: "De mailserver van de ontvanger heeft de e-mail geweigerd.",
    unreachable: "De mailserver van de ontvanger antwoordt niet.",
    busy: "De mailserver van de ontvanger vraagt het later opnieuw te proberen.",
    gave_up: "De mailserver van de ontvanger heeft de e-mail niet op tijd aangenomen.",
    relay: "Onze eigen mailserver heeft de e-mail niet aangenomen. Waarschuw uw beheerder.",
    unknown: "De mailserver van de ontvanger gaf geen duidelijke reden.",
  },
};
