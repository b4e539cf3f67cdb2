/** The recipient's landing page, in French. Typography: ’ « » and a narrow no-break space before ? ! ; and :. */
import { plural } from "../format.ts";
import type { Landing } from "./landing-en.ts";

export const landing = {
  page: {
    title: (a: { sender: string }) => `Message confidentiel de ${a.sender}`,
    untitled: "Message confidentiel",
    kicker: "Message confidentiel, scellé",
    loading: "Un instant…",
    language: "Langue",
    sealedWith: "Scellé avec Pli",
    reload: "Recharger la page",
    failed: "Cela n’a pas fonctionné. Vérifiez votre connexion et réessayez.",
  },
  landing: {
    title: (a: { sender: string }) => `${a.sender} vous a écrit`,
    toAll: (a: { name: string; address: string }) =>
      `Une réponse au message de ${a.name} (${a.address}), pour tous ceux qui y sont nommés.`,
    to: "Adressé à",
    before: "À ouvrir avant",
    thenDestroyed: (a: { wait: string }) => `dans ${a.wait} ; ensuite, il sera détruit`,
    openings: "Ouvertures",
    left: (a: { left: number; total: number }) =>
      plural("fr", a.left, { one: `${a.left} restante sur ${a.total}`, other: `${a.left} restantes sur ${a.total}` }),
    openingLasts: "une ouverture dure 60 minutes dans ce navigateur",
    askCode: "Recevoir mon code par courriel",
    askCodeCost:
      "Nous envoyons un code à 8 chiffres à l’adresse ci-dessus. Le message reste fermé : aucune ouverture n’est utilisée.",
    askSms: "Recevoir mon code par SMS",
    askSmsCost: "Nous envoyons un code à 6 chiffres sur votre téléphone. Aucune ouverture n’est utilisée.",
    toPassword: "Saisir le mot de passe",
    toPasswordCost: "L’expéditeur vous l’a donné par un autre moyen. Aucune ouverture n’est encore utilisée.",
    read: "Lire le message",
    readCost: (a: { left: number }) =>
      `Utilise ${plural("fr", a.left, { one: "la dernière ouverture", other: `1 des ${a.left} ouvertures restantes` })}.`,
    readAgain: "Reprendre la lecture",
    readAgainCost: (a: { time: string }) =>
      `Vous l’avez ouvert dans ce navigateur. Jusqu’à ${a.time}, cela n’utilise pas d’autre ouverture.`,
    assurance: (a: { sender: string }) =>
      `Personne d’autre que vous et ${a.sender} ne peut lire ce message. Il se déchiffre ici, dans votre navigateur.`,
    genuine: "Comment vérifier que c’est authentique ?",
    genuineHost: "L’adresse de cette page commence par",
    genuineAsk: "Nous ne demandons jamais de carte bancaire ni le mot de passe de votre messagerie.",
    genuineCall: "En cas de doute, appelez l’expéditeur à un numéro que vous connaissez déjà.",
    notForYou: "Ce message n’est pas pour vous ?",
    notForYouText: "Ne l’ouvrez pas. Prévenez l’expéditeur, qui pourra le retirer.",
    notForYouAct: (a: { sender: string }) => `Prévenir ${a.sender}`,
    notForYouDone: (a: { sender: string }) => `Merci. ${a.sender} sait maintenant que ce message n’est pas pour vous.`,
  },
} satisfies Landing;
