/** De filters van de lijst van verzonden berichten, in het Nederlands. */
import type { Narrow } from "./narrow-en.ts";

export const narrow: Narrow = {
  title: "Filters",
  recipient: "Ontvanger",
  reference: "Referentie",
  state: "Status",
  anyState: "Elke status",
  from: "Verstuurd vanaf",
  until: "Verstuurd tot en met",
  clear: "Filters wissen",
};
