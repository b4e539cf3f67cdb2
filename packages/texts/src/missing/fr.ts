/** What a browser lacks to open a message or a secret, or for the members' pages (M19). French. */
import type { Missing } from "./en.ts";

export const missing = {
  language: "Langue",
  message: "Votre message est à l’abri, mais ce navigateur ne peut pas encore l’ouvrir",
  secret: "Le secret est à l’abri, mais ce navigateur ne peut pas encore l’afficher",
  app: "Pli ne peut pas encore démarrer",
  reasons: {
    browser: "Ce navigateur est trop ancien. Mettez-le à jour, ou prenez un Firefox, Chrome, Edge ou Safari récent.",
    secure: "Cette adresse n’est pas protégée (https). Ouvrez le lien exactement comme vous l’avez reçu.",
    worker:
      "Ce navigateur empêche les pages de travailler en arrière-plan. Autorisez-le, ou prenez un autre navigateur.",
    cookies: "Les cookies sont désactivés. Autorisez-les pour ce site, puis rechargez.",
    start:
      "Une partie de la page n’est pas arrivée. Vérifiez votre connexion, désactivez les bloqueurs de scripts, puis rechargez.",
  },
  note: "Rien n’a été ouvert et rien n’est perdu.",
} satisfies Missing;
