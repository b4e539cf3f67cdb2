/**
 * Words of the API explorer, by language; the page itself is one file for everybody, as its hash is published. What the description says of each
 * operation and field is in English, as are its names.
 */
export const WORDS = {
  en: {
    language: "Language",
    token: "API token",
    tokenHint: "kept in this page only; without one, your session counts",
    filter: "Filter",
    body: "Body",
    send: "Send",
    request: "Request",
    noAnswer: "No answer",
    bytes: (count) => `${count} bytes`,
    none: "No operation matches.",
    noDescription: "The description does not come. Reload the page.",
    places: { path: "in the path", query: "in the query", header: "header", cookie: "cookie" },
    about: [
      "Everything that the pages and the command line client do goes through this API.",
      "Errors are problem+json (RFC 9457) with a stable `code`.",
      "`Idempotency-Key` on a POST: the same key and content within 24 hours gives the same answer.",
      "Lists are read page by page: pass `next` as `cursor`.",
      "Refusals for coming too often are 429 with `Retry-After`.",
    ],
  },
  fr: {
    language: "Langue",
    token: "Jeton d’API",
    tokenHint: "gardé dans cette page seulement\u00a0; sans jeton, c’est votre session qui compte",
    filter: "Filtrer",
    body: "Corps",
    send: "Envoyer",
    request: "Requête",
    noAnswer: "Pas de réponse",
    bytes: (count) => `${count} octets`,
    none: "Aucune opération ne correspond.",
    noDescription: "La description n’arrive pas. Rechargez la page.",
    places: { path: "dans le chemin", query: "dans la requête", header: "en-tête", cookie: "cookie" },
    about: [
      "Tout ce que font les pages et le client en ligne de commande passe par cette API.",
      "Les erreurs sont en problem+json (RFC 9457), avec un `code` stable.",
      "`Idempotency-Key` sur un POST\u00a0: la même clé et le même contenu donnent la même réponse pendant 24 heures.",
      "Les listes se lisent page par page\u00a0: reprenez `next` comme `cursor`.",
      "Trop de demandes\u00a0: le refus est un 429 avec `Retry-After`.",
      "Les opérations et leurs champs sont décrits en anglais.",
    ],
  },
};
