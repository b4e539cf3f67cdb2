/** The mails in Dutch. Short sentences, the reader's words; says what is certain and what to do. */
import { delivery } from "../delivery/delivery-nl.ts";
import { formatDateTime, formatList, plural } from "../format.ts";
import type { Announcement, MailHouse, MailRow, MailTexts, MailWords } from "./index.ts";
import { security } from "./security/nl.ts";
import { securityMail } from "./security/words.ts";
import { asReplyToAll, ofReplyToAll } from "./to-all/index.ts";
import { toAll } from "./to-all/nl.ts";
import { isUnnamed } from "./unnamed.ts";

const when = (atMs: number, timeZone: string): string => formatDateTime("nl", atMs, timeZone, true);
const referenceRow = (reference: string | undefined): readonly MailRow[] =>
  reference === undefined ? [] : [{ label: "Uw referentie", value: reference }];
const footer = (house: MailHouse): readonly string[] => [
  `${isUnnamed(house) ? "Verstuurd met Pli" : `${house.organisation}, met Pli`}. Geen externe afbeeldingen, geen tracking.`,
];
const forMembers = (house: MailHouse) => ({
  genuine: {
    question: "Is deze e-mail echt van ons?",
    answer: `De link leidt naar ${house.host} en nergens anders heen. Wij vragen nooit om het wachtwoord van uw mailbox.`,
  },
  footer: footer(house),
});

const announcement = ({ subject, paragraphs }: Announcement, house: MailHouse): MailWords => ({
  subject,
  heading: subject,
  lead: [
    ...paragraphs,
    `U ontvangt dit als lid van ${house.organisation}. Deze e-mail vraagt u niets, geen wachtwoord en geen code.`,
  ],
  rows: [],
  ...forMembers(house),
});

export const mailTexts: MailTexts = {
  copyLink: "Werkt de knop niet? Kopieer deze link naar uw browser:",
  codeLabel: "Uw code",
  stop: "Dit soort e-mails niet meer ontvangen",

  message: (facts, house) =>
    asReplyToAll(toAll, facts, {
      subject: facts.answer
        ? `${facts.senderName} heeft u geantwoord`
        : `${facts.senderName} heeft u een vertrouwelijk bericht gestuurd`,
      heading: facts.answer
        ? `${facts.senderName} heeft u geantwoord in uw vertrouwelijke gesprek`
        : `${facts.senderName} heeft u een vertrouwelijk bericht geschreven`,
      lead: [
        "Goedendag,",
        facts.answer
          ? "Het antwoord wacht op u, verzegeld. De link is die van het eerste bericht."
          : `Dit bericht wacht op u, verzegeld. Alleen u en ${facts.senderName} kunnen het lezen.`,
      ],
      action: "Bericht lezen",
      next: [
        "De pagina stuurt een code van 8 cijfers naar dit adres",
        facts.sms ? ", daarna nog een per sms" : "",
        facts.password ? `${facts.sms ? "," : ""} en vraagt dan het wachtwoord dat de afzender u geeft` : "",
        ". Niets te installeren, geen account nodig.",
      ].join(""),
      rows: [
        { label: "Van", value: facts.senderName, detail: facts.senderAddress },
        { label: "Te openen vóór", value: when(facts.expiresAtMs, facts.timeZone) },
        {
          label: "Openingen",
          value: String(facts.openings),
          detail: plural("nl", facts.openings, {
            one: "Na deze opening, of na deze datum, wordt het vernietigd.",
            other: "Na deze openingen, of na deze datum, wordt het vernietigd.",
          }),
        },
        {
          label: "Beveiliging",
          value: formatList("nl", [
            "code per e-mail",
            ...(facts.sms ? ["code per sms"] : []),
            ...(facts.password ? ["wachtwoord"] : []),
          ]),
        },
      ],
      genuine: {
        question: "Is deze e-mail echt van ons?",
        answer: `De link leidt naar ${house.host} en nergens anders heen. Wij vragen nooit om uw bankkaart of het wachtwoord van uw mailbox. Klik bij twijfel niet: bel ${facts.senderName} op een nummer dat u kent.`,
      },
      footer: footer(house),
    }),

  code: (facts, house) => ({
    subject: `Uw code voor een vertrouwelijk bericht (${facts.reference})`,
    heading: "Uw code om het bericht te lezen",
    lead: [
      facts.senderName === undefined
        ? "Typ deze code op de pagina die u hebt geopend."
        : `Typ deze code op de pagina die u hebt geopend, om het bericht van ${facts.senderName} te lezen.`,
    ],
    rows: [
      { label: "Referentie", value: facts.reference, detail: "De pagina toont dezelfde." },
      { label: "Geldig", value: `${facts.minutes} minuten` },
    ],
    genuine: {
      question: "Hebt u geen code aangevraagd?",
      answer: `Doe dan niets: zonder deze code kan niemand het bericht lezen. Geef hem aan niemand, ook niet aan de telefoon. U voert hem alleen in op ${house.host}.`,
    },
    footer: footer(house),
  }),

  opened: (facts, house) => ({
    subject: `${facts.recipient} heeft uw bericht geopend`,
    heading: `${facts.recipient} heeft uw bericht geopend`,
    lead: [
      facts.openingsLeft === 0
        ? "Dit was de laatste opening voor deze persoon."
        : `Deze persoon kan het nog ${facts.openingsLeft} keer openen.`,
    ],
    action: "Bericht volgen",
    rows: [{ label: "Geopend", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  unread: (facts, house) => ({
    subject: "Uw bericht is ongelezen vernietigd",
    heading: "Uw bericht is ongelezen vernietigd",
    lead: [
      `${formatList("nl", facts.recipients)} ${plural("nl", facts.recipients.length, { one: "heeft", other: "hebben" })} het niet op tijd geopend. De inhoud bestaat niet meer op de server. Is het nog van belang, stuur het dan opnieuw.`,
    ],
    action: "Bericht bekijken",
    rows: [
      { label: "Verstuurd", value: when(facts.sentAtMs, facts.timeZone) },
      { label: "Vernietigd", value: when(facts.atMs, facts.timeZone) },
      ...referenceRow(facts.reference),
    ],
    ...forMembers(house),
  }),

  reply: (facts, house) => ({
    subject: `${facts.from} heeft op uw bericht geantwoord`,
    heading: `${facts.from} heeft op uw bericht geantwoord`,
    lead: ["Het antwoord is verzegeld. Alleen u kunt het lezen. Log daarvoor in en ontgrendel uw berichten."],
    action: "Antwoord lezen",
    rows: [{ label: "Ontvangen", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  copy_request: (facts, house) => ({
    ...{
      new_copy: {
        subject: `${facts.recipient} vraagt een nieuw exemplaar`,
        heading: `${facts.recipient} vraagt een nieuw exemplaar van uw bericht`,
        lead: [
          "Deze persoon kan het niet meer openen. U kunt het met één klik weer toestaan, of alles laten zoals het is.",
        ],
      },
      not_me: {
        subject: `${facts.recipient} meldt een vreemde opening van uw bericht`,
        heading: `${facts.recipient} heeft uw bericht niet geopend`,
        lead: [
          "Volgens deze persoon heeft iemand anders het bericht geopend. Kijk in het logboek van openingen, en waarschuw uw beheerder als niets dat verklaart.",
        ],
      },
      not_for_me: {
        subject: `${facts.recipient} meldt: uw bericht is voor iemand anders`,
        heading: `Verkeerde ontvanger? ${facts.recipient} meldt het`,
        lead: ["Controleer het adres. U kunt het bericht voor deze persoon intrekken en naar de juiste sturen."],
      },
    }[facts.reason],
    action: "Op het verzoek antwoorden",
    rows: [{ label: "Gevraagd", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  bounced: (facts, house) =>
    ofReplyToAll(toAll, facts, {
      subject: `Uw bericht heeft ${facts.recipient} niet bereikt`,
      heading: `De e-mail aan ${facts.recipient} is teruggekomen`,
      lead: [
        delivery.reasons[facts.reasonCode],
        "Uw bericht staat nog verzegeld op de server. Verbeter het adres, verstuur het opnieuw of geef de link op een andere manier door.",
      ],
      action: "Bericht volgen",
      rows: [
        { label: "Adres", value: facts.address },
        { label: "Teruggekomen", value: when(facts.atMs, facts.timeZone) },
        ...(facts.statusCode === undefined ? [] : [{ label: "Code", value: facts.statusCode }]),
        ...referenceRow(facts.reference),
      ],
      ...forMembers(house),
    }),

  confirm: (facts, house) => ({
    subject: `Uw code om te bevestigen dat u het bent (${facts.reference})`,
    heading: "Uw code om te bevestigen dat u het bent",
    lead: ["Typ deze code op de pagina die u open hebt. Daarmee kan de wijziging van uw account daar doorgaan."],
    rows: [
      { label: "Referentie", value: facts.reference, detail: "De pagina toont dezelfde." },
      { label: "Geldig", value: `${facts.minutes} minuten` },
    ],
    genuine: {
      question: "Hebt u geen code gevraagd?",
      answer: `Dan is misschien iemand anders in uw account ingelogd. Geef deze code aan niemand, ook niet aan de telefoon. Log in op ${house.host} en beëindig de sessies die u niet kent.`,
    },
    footer: footer(house),
  }),

  news: announcement,
  maintenance: announcement,

  sign_in: (facts, house) => ({
    subject: "Uw inloglink",
    heading: "Inloggen bij Pli",
    lead: [
      facts.memberName === "" ? "Goedendag," : `Goedendag ${facts.memberName},`,
      "U hebt een link aangevraagd om in te loggen. Open hem in de browser waarin u hem hebt aangevraagd.",
    ],
    action: "Inloggen",
    next: `De link werkt één keer, ${facts.minutes} minuten lang. In een andere browser vraagt hij de 4 tekens die staan waar u hem aanvroeg.`,
    rows: [],
    genuine: {
      question: "Hebt u niets aangevraagd?",
      answer: `Doe dan niets: zonder deze e-mail kan niemand inloggen. De link leidt naar ${house.host} en nergens anders heen. Geef hem nooit door.`,
    },
    footer: footer(house),
  }),

  security: (facts, house) => securityMail(security, facts, house, footer(house)),
};
