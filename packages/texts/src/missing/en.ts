/** What a browser lacks to open a message or a secret, or for the members' pages (M19). Shown before any of our own code can run. English. */
export const missing = {
  language: "Language",
  message: "Your message is safe, but this browser cannot open it yet",
  secret: "The secret is safe, but this browser cannot show it yet",
  app: "Pli cannot start yet",
  reasons: {
    browser: "This browser is too old. Update it, or use a recent Firefox, Chrome, Edge or Safari.",
    secure: "This address is not protected (https). Open the link exactly as you received it.",
    worker: "This browser does not let pages work in the background. Allow it, or use another browser.",
    cookies: "Cookies are switched off. Allow them for this site, then reload.",
    start: "A part of the page did not arrive. Check your connection, switch off script blockers, then reload.",
  },
  note: "Nothing was opened and nothing is lost.",
};
export type Missing = typeof missing;
