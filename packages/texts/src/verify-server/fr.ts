/** Vérifier un serveur d’après une version publiée, en français : ce qui ne va pas dans un fichier, et les mots de la page. */
import { formatNumber, plural } from "../format.ts";
import type { VerifyServerTexts } from "./en.ts";

const files = (count: number) =>
  `${formatNumber("fr", count)} ${plural("fr", count, { one: "fichier", other: "fichiers" })}`;

export const verifyServer = {
  faults: {
    changed: () => "son contenu n’est pas celui de la version publiée",
    missing: (a) => `il manque : le serveur a répondu ${a.detail}`,
    redirected: (a) => `le serveur mène ailleurs${a.detail === "" ? "" : ` : ${a.detail}`}`,
    unreadable: () => "il manque, ou le serveur ne laisse pas cette page le lire",
    wrong_type: (a) => `il est envoyé comme un autre type de fichier : ${a.detail || "aucun n’est indiqué"}`,
    policy_missing: () => "il arrive sans la règle qui tient le code étranger à l’écart (Content-Security-Policy)",
    policy_weaker: (a) => `la règle qui tient le code étranger à l’écart est affaiblie dans ${a.detail}`,
    inline_script: (a) => `un script a été écrit dans la page : ${a.detail}`,
    foreign: (a) => `la page charge quelque chose d’ailleurs : ${a.detail}`,
    unknown: (a) => `la page charge un fichier que la version publiée n’a pas : ${a.detail}`,
  },
  same: (a) => `${a.server} a servi exactement la version ${a.version} : ${files(a.count)} comparés.`,
  differs: (a) =>
    `${a.server} n’a pas servi la version ${a.version} : ${formatNumber("fr", a.count)} sur ${files(a.compared)} ${plural("fr", a.count, { one: "diffère", other: "diffèrent" })}.`,
  otherRelease:
    "Si presque tous les fichiers diffèrent, le serveur fait sans doute tourner une autre version : comparez d’abord avec la liste de celle-ci.",
  onlyYou:
    "Ceci montre ce que le serveur vient de vous envoyer, à vous. Il pourrait envoyer autre chose à d’autres, ou plus tard.",

  title: "Ce serveur fait-il tourner le Pli publié ?",
  lead: "Cette page contient la liste d’une version : chaque fichier que charge un navigateur, avec son empreinte. Elle les demande tous au serveur et compare.",
  language: "Langue",
  release: (a) => `Version ${a.version}, ${files(a.count)}`,
  address: "Adresse du serveur",
  addressHint: "Par exemple https://pli.example.org",
  badAddress: "Ce n’est pas l’adresse d’un serveur. Elle commence par https://.",
  storage: "Les fichiers vont dans un stockage à part",
  storageAddress: "Adresse du stockage",
  storageHint:
    "Seulement si l’exploitant du serveur vous en a indiqué un : ce n’est alors pas une faute que les pages puissent l’atteindre.",
  start: "Vérifier ce serveur",
  startNote: "Seul le serveur est contacté, et il ne reçoit que des demandes de ses fichiers publics.",
  checking: (a) => `${formatNumber("fr", a.done)} sur ${formatNumber("fr", a.total)} comparés`,
  sameTitle: "Tout est conforme à la publication",
  differsTitle: "Ce n’est pas ce qui a été publié",
  differsAdvice:
    "N’écrivez et n’ouvrez rien sur ce serveur avant de savoir pourquoi. Demandez à qui l’exploite, par téléphone ou de vive voix.",
  unreachableTitle: "Aucun serveur Pli n’a répondu à cette adresse",
  unreachable:
    "Vérifiez l’adresse et votre connexion. Cette page ne peut pas lire un serveur plus ancien que cette version.",
  unavailable: "Le serveur répond qu’il ne peut pas servir pour l’instant. Réessayez dans quelques minutes.",
  insecure:
    "Ce navigateur ne calcule pas d’empreintes pour cette page. Ouvrez-la depuis votre disque, ou depuis une adresse protégée (https).",
  file: "Fichier",
  fault: "Ce qui ne va pas",
  doubt: "Pourquoi croire cette page",
  doubtText:
    "Elle ne vient pas du serveur qu’elle vérifie. Comparez l’empreinte de ce fichier avec celle publiée avec la version, par deux voies différentes. La commande pli verify-server fait la même vérification.",
} satisfies VerifyServerTexts;
