/** Les courriels en français. Phrases courtes, les mots du lecteur ; dit ce qui est certain et que faire. */
import { delivery } from "../delivery/delivery-fr.ts";
import { formatDateTime, formatList, plural } from "../format.ts";
import type { Announcement, MailHouse, MailRow, MailTexts, MailWords } from "./index.ts";
import { security } from "./security/fr.ts";
import { securityMail } from "./security/words.ts";
import { toAll } from "./to-all/fr.ts";
import { asReplyToAll, ofReplyToAll } from "./to-all/index.ts";
import { isUnnamed } from "./unnamed.ts";

const when = (atMs: number, timeZone: string): string => formatDateTime("fr", atMs, timeZone, true);
const referenceRow = (reference: string | undefined): readonly MailRow[] =>
  reference === undefined ? [] : [{ label: "Votre référence", value: reference }];
const footer = (house: MailHouse): readonly string[] => [
  `${isUnnamed(house) ? "Envoyé avec Pli" : `${house.organisation}, avec Pli`}. Aucune image distante, aucun suivi.`,
];
const forMembers = (house: MailHouse) => ({
  genuine: {
    question: "Est-ce bien nous ?",
    answer: `Le lien mène à ${house.host} et nulle part ailleurs. Nous ne demandons jamais le mot de passe de votre messagerie.`,
  },
  footer: footer(house),
});

const announcement = ({ subject, paragraphs }: Announcement, house: MailHouse): MailWords => ({
  subject,
  heading: subject,
  lead: [
    ...paragraphs,
    `Vous recevez ceci comme membre de ${house.organisation}. Ce courriel ne vous demande rien, ni mot de passe ni code.`,
  ],
  rows: [],
  ...forMembers(house),
});

export const mailTexts: MailTexts = {
  copyLink: "Le bouton ne marche pas ? Copiez ce lien dans votre navigateur :",
  codeLabel: "Votre code",
  stop: "Ne plus recevoir ce type de courriel",

  message: (facts, house) =>
    asReplyToAll(toAll, facts, {
      subject: facts.answer
        ? `${facts.senderName} vous a répondu`
        : `${facts.senderName} vous a envoyé un message confidentiel`,
      heading: facts.answer
        ? `${facts.senderName} vous a répondu dans votre échange confidentiel`
        : `${facts.senderName} vous a écrit un message confidentiel`,
      lead: [
        "Bonjour,",
        facts.answer
          ? "La réponse vous attend, scellée. Le lien est celui du premier message."
          : `Ce message vous attend, scellé. Personne d’autre que vous et ${facts.senderName} ne peut le lire.`,
      ],
      action: "Lire le message",
      next: [
        "La page vous enverra un code à 8 chiffres, à cette même adresse",
        facts.sms ? ", puis un autre par SMS" : "",
        facts.password ? `, ${facts.sms ? "et" : "puis"} demandera le mot de passe que l’expéditeur vous donne` : "",
        ". Rien à installer, pas de compte à créer.",
      ].join(""),
      rows: [
        { label: "De", value: facts.senderName, detail: facts.senderAddress },
        { label: "À ouvrir avant", value: when(facts.expiresAtMs, facts.timeZone) },
        {
          label: "Ouvertures",
          value: String(facts.openings),
          detail: plural("fr", facts.openings, {
            one: "Après cette ouverture, ou après cette date, il est détruit.",
            other: "Après ces ouvertures, ou après cette date, il est détruit.",
          }),
        },
        {
          label: "Protection",
          value: formatList("fr", [
            "code par courriel",
            ...(facts.sms ? ["code par SMS"] : []),
            ...(facts.password ? ["mot de passe"] : []),
          ]),
        },
      ],
      genuine: {
        question: "Est-ce bien nous ?",
        answer: `Le lien mène à ${house.host} et nulle part ailleurs. Nous ne demandons jamais votre carte bancaire ni le mot de passe de votre messagerie. Dans le doute, ne cliquez pas : appelez ${facts.senderName} à un numéro que vous connaissez.`,
      },
      footer: footer(house),
    }),

  code: (facts, house) => ({
    subject: `Votre code pour lire un message confidentiel (${facts.reference})`,
    heading: "Votre code pour lire le message",
    lead: [
      facts.senderName === undefined
        ? "Saisissez ce code dans la page que vous avez ouverte."
        : `Saisissez ce code dans la page que vous avez ouverte, pour lire le message de ${facts.senderName}.`,
    ],
    rows: [
      { label: "Référence", value: facts.reference, detail: "La page affiche la même." },
      { label: "Valable", value: `${facts.minutes} minutes` },
    ],
    genuine: {
      question: "Vous n’avez pas demandé de code ?",
      answer: `Alors ne faites rien : sans lui, personne ne peut lire le message. Ne donnez ce code à personne, même au téléphone. Il se saisit uniquement sur ${house.host}.`,
    },
    footer: footer(house),
  }),

  opened: (facts, house) => ({
    subject: `${facts.recipient} a ouvert votre message`,
    heading: `${facts.recipient} a ouvert votre message`,
    lead: [
      facts.openingsLeft === 0
        ? "C’était la dernière ouverture permise à cette personne."
        : `Cette personne peut encore l’ouvrir ${facts.openingsLeft} fois.`,
    ],
    action: "Suivre le message",
    rows: [{ label: "Ouvert le", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  unread: (facts, house) => ({
    subject: "Votre message a été détruit sans avoir été lu",
    heading: "Votre message a été détruit sans avoir été lu",
    lead: [
      `${formatList("fr", facts.recipients)} ${plural("fr", facts.recipients.length, { one: "ne l’a pas ouvert", other: "ne l’ont pas ouvert" })} à temps. Son contenu n’existe plus sur le serveur. S’il compte encore, envoyez-le de nouveau.`,
    ],
    action: "Voir le message",
    rows: [
      { label: "Envoyé le", value: when(facts.sentAtMs, facts.timeZone) },
      { label: "Détruit le", value: when(facts.atMs, facts.timeZone) },
      ...referenceRow(facts.reference),
    ],
    ...forMembers(house),
  }),

  reply: (facts, house) => ({
    subject: `${facts.from} a répondu à votre message`,
    heading: `${facts.from} a répondu à votre message`,
    lead: [
      "La réponse est scellée. Personne d’autre que vous ne peut la lire. Connectez-vous et déverrouillez vos messages pour l’ouvrir.",
    ],
    action: "Lire la réponse",
    rows: [{ label: "Reçue le", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  copy_request: (facts, house) => ({
    ...{
      new_copy: {
        subject: `${facts.recipient} demande un nouvel exemplaire`,
        heading: `${facts.recipient} demande un nouvel exemplaire de votre message`,
        lead: ["Cette personne ne peut plus l’ouvrir. Vous pouvez le lui permettre en un clic, ou ne rien changer."],
      },
      not_me: {
        subject: `${facts.recipient} signale une ouverture de votre message`,
        heading: `${facts.recipient} dit ne pas avoir ouvert votre message`,
        lead: [
          "Selon cette personne, une ouverture n’est pas la sienne. Regardez le registre des ouvertures, et prévenez votre administrateur si rien ne l’explique.",
        ],
      },
      not_for_me: {
        subject: `${facts.recipient} dit que votre message ne lui est pas destiné`,
        heading: `Mauvais destinataire ? ${facts.recipient} le signale`,
        lead: ["Vérifiez l’adresse. Vous pouvez révoquer le message pour cette personne et l’envoyer à la bonne."],
      },
    }[facts.reason],
    action: "Répondre à la demande",
    rows: [{ label: "Demandé le", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  bounced: (facts, house) =>
    ofReplyToAll(toAll, facts, {
      subject: `Votre message n’a pas atteint ${facts.recipient}`,
      heading: `Le courriel pour ${facts.recipient} est revenu`,
      lead: [
        delivery.reasons[facts.reasonCode],
        "Votre message reste scellé sur le serveur. Corrigez l’adresse, envoyez-le de nouveau, ou transmettez le lien autrement.",
      ],
      action: "Suivre le message",
      rows: [
        { label: "Adresse", value: facts.address },
        { label: "Revenu le", value: when(facts.atMs, facts.timeZone) },
        ...(facts.statusCode === undefined ? [] : [{ label: "Code", value: facts.statusCode }]),
        ...referenceRow(facts.reference),
      ],
      ...forMembers(house),
    }),

  confirm: (facts, house) => ({
    subject: `Votre code pour confirmer que c’est bien vous (${facts.reference})`,
    heading: "Votre code pour confirmer que c’est bien vous",
    lead: [
      "Saisissez ce code dans la page que vous avez ouverte. Il permet la modification de votre compte que vous y demandez.",
    ],
    rows: [
      { label: "Référence", value: facts.reference, detail: "La page affiche la même." },
      { label: "Valable", value: `${facts.minutes} minutes` },
    ],
    genuine: {
      question: "Vous n’avez pas demandé de code ?",
      answer: `Quelqu’un d’autre est peut-être connecté à votre compte. Ne donnez ce code à personne, même au téléphone. Connectez-vous sur ${house.host} et fermez les sessions que vous ne connaissez pas.`,
    },
    footer: footer(house),
  }),

  news: announcement,
  maintenance: announcement,

  sign_in: (facts, house) => ({
    subject: "Votre lien de connexion",
    heading: "Se connecter à Pli",
    lead: [
      facts.memberName === "" ? "Bonjour," : `Bonjour ${facts.memberName},`,
      "vous avez demandé un lien pour vous connecter. Ouvrez-le dans le navigateur où vous l’avez demandé.",
    ],
    action: "Se connecter",
    next: `Le lien sert une seule fois, pendant ${facts.minutes} minutes. Dans un autre navigateur, il demande les 4 caractères affichés là où vous l’avez demandé.`,
    rows: [],
    genuine: {
      question: "Vous n’avez rien demandé ?",
      answer: `Alors ne faites rien : personne ne peut se connecter sans ce courriel. Le lien mène à ${house.host} et nulle part ailleurs. Ne transmettez jamais ce lien.`,
    },
    footer: footer(house),
  }),

  security: (facts, house) => securityMail(security, facts, house, footer(house)),
};
