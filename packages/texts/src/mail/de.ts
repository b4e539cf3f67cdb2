/** The mails in German. Short sentences, the reader's words; says what is certain and what to do. */
import { delivery } from "../delivery/delivery-de.ts";
import { formatDateTime, formatList, plural } from "../format.ts";
import type { Announcement, MailHouse, MailRow, MailTexts, MailWords } from "./index.ts";
import { security } from "./security/de.ts";
import { securityMail } from "./security/words.ts";
import { toAll } from "./to-all/de.ts";
import { asReplyToAll, ofReplyToAll } from "./to-all/index.ts";
import { isUnnamed } from "./unnamed.ts";

const when = (atMs: number, timeZone: string): string => formatDateTime("de", atMs, timeZone, true);
const referenceRow = (reference: string | undefined): readonly MailRow[] =>
  reference === undefined ? [] : [{ label: "Ihre Referenz", value: reference }];
const footer = (house: MailHouse): readonly string[] => [
  `${isUnnamed(house) ? "Gesendet mit Pli" : `${house.organisation}, mit Pli`}. Keine externen Bilder, kein Tracking.`,
];
const forMembers = (house: MailHouse) => ({
  genuine: {
    question: "Ist diese E-Mail wirklich von uns?",
    answer: `Der Link führt zu ${house.host} und nirgendwo sonst hin. Wir fragen nie nach dem Passwort Ihres Postfachs.`,
  },
  footer: footer(house),
});

const announcement = ({ subject, paragraphs }: Announcement, house: MailHouse): MailWords => ({
  subject,
  heading: subject,
  lead: [
    ...paragraphs,
    `Sie erhalten dies als Mitglied von ${house.organisation}. Diese E-Mail verlangt nichts von Ihnen, weder Passwort noch Code.`,
  ],
  rows: [],
  ...forMembers(house),
});

export const mailTexts: MailTexts = {
  copyLink: "Der Knopf geht nicht? Kopieren Sie diesen Link in Ihren Browser:",
  codeLabel: "Ihr Code",
  stop: "Solche E-Mails nicht mehr erhalten",

  message: (facts, house) =>
    asReplyToAll(toAll, facts, {
      subject: facts.answer
        ? `${facts.senderName} hat Ihnen geantwortet`
        : `${facts.senderName} hat Ihnen eine vertrauliche Nachricht gesendet`,
      heading: facts.answer
        ? `${facts.senderName} hat Ihnen in Ihrem vertraulichen Austausch geantwortet`
        : `${facts.senderName} hat Ihnen eine vertrauliche Nachricht geschrieben`,
      lead: [
        "Guten Tag,",
        facts.answer
          ? "die Antwort wartet auf Sie, versiegelt. Der Link ist derselbe wie in der ersten Nachricht."
          : `diese Nachricht wartet auf Sie, versiegelt. Nur Sie und ${facts.senderName} können sie lesen.`,
      ],
      action: "Nachricht lesen",
      next: [
        "Die Seite sendet einen 8-stelligen Code an diese Adresse",
        facts.sms ? ", danach noch einen per SMS" : "",
        facts.password ? `${facts.sms ? "," : ""} und fragt dann nach dem Passwort, das der Absender Ihnen gibt` : "",
        ". Nichts zu installieren, kein Konto nötig.",
      ].join(""),
      rows: [
        { label: "Von", value: facts.senderName, detail: facts.senderAddress },
        { label: "Zu öffnen bis", value: when(facts.expiresAtMs, facts.timeZone) },
        {
          label: "Öffnungen",
          value: String(facts.openings),
          detail: plural("de", facts.openings, {
            one: "Nach dieser Öffnung oder nach dieser Frist wird sie vernichtet.",
            other: "Nach diesen Öffnungen oder nach dieser Frist wird sie vernichtet.",
          }),
        },
        {
          label: "Schutz",
          value: formatList("de", [
            "Code per E-Mail",
            ...(facts.sms ? ["Code per SMS"] : []),
            ...(facts.password ? ["Passwort"] : []),
          ]),
        },
      ],
      genuine: {
        question: "Ist diese E-Mail wirklich von uns?",
        answer: `Der Link führt zu ${house.host} und nirgendwo sonst hin. Wir fragen nie nach Ihrer Bankkarte oder dem Passwort Ihres Postfachs. Klicken Sie im Zweifel nicht: Rufen Sie ${facts.senderName} unter einer Nummer an, die Sie kennen.`,
      },
      footer: footer(house),
    }),

  code: (facts, house) => ({
    subject: `Ihr Code für eine vertrauliche Nachricht (${facts.reference})`,
    heading: "Ihr Code zum Lesen der Nachricht",
    lead: [
      facts.senderName === undefined
        ? "Geben Sie diesen Code auf der Seite ein, die Sie geöffnet haben."
        : `Geben Sie diesen Code auf der Seite ein, die Sie geöffnet haben, um die Nachricht von ${facts.senderName} zu lesen.`,
    ],
    rows: [
      { label: "Referenz", value: facts.reference, detail: "Dieselbe steht auf der Seite." },
      { label: "Gültig", value: `${facts.minutes} Minuten` },
    ],
    genuine: {
      question: "Sie haben keinen Code angefordert?",
      answer: `Dann tun Sie nichts: Ohne ihn kann niemand die Nachricht lesen. Sagen Sie diesen Code niemandem, auch nicht am Telefon. Er wird nur auf ${house.host} eingegeben.`,
    },
    footer: footer(house),
  }),

  opened: (facts, house) => ({
    subject: `${facts.recipient} hat Ihre Nachricht geöffnet`,
    heading: `${facts.recipient} hat Ihre Nachricht geöffnet`,
    lead: [
      facts.openingsLeft === 0
        ? "Das war die letzte Öffnung für diese Person."
        : `Diese Person kann sie noch ${facts.openingsLeft}-mal öffnen.`,
    ],
    action: "Nachricht verfolgen",
    rows: [{ label: "Geöffnet", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  unread: (facts, house) => ({
    subject: "Ihre Nachricht wurde ungelesen vernichtet",
    heading: "Ihre Nachricht wurde ungelesen vernichtet",
    lead: [
      `${formatList("de", facts.recipients)} ${plural("de", facts.recipients.length, { one: "hat", other: "haben" })} sie nicht rechtzeitig geöffnet. Ihr Inhalt existiert auf dem Server nicht mehr. Ist sie noch wichtig, senden Sie sie erneut.`,
    ],
    action: "Nachricht ansehen",
    rows: [
      { label: "Gesendet", value: when(facts.sentAtMs, facts.timeZone) },
      { label: "Vernichtet", value: when(facts.atMs, facts.timeZone) },
      ...referenceRow(facts.reference),
    ],
    ...forMembers(house),
  }),

  reply: (facts, house) => ({
    subject: `${facts.from} hat auf Ihre Nachricht geantwortet`,
    heading: `${facts.from} hat auf Ihre Nachricht geantwortet`,
    lead: [
      "Die Antwort ist versiegelt. Nur Sie können sie lesen. Melden Sie sich dazu an und entsperren Sie Ihre Nachrichten.",
    ],
    action: "Antwort lesen",
    rows: [{ label: "Empfangen", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  copy_request: (facts, house) => ({
    ...{
      new_copy: {
        subject: `${facts.recipient} bittet um ein neues Exemplar`,
        heading: `${facts.recipient} bittet um ein neues Exemplar Ihrer Nachricht`,
        lead: [
          "Diese Person kann sie nicht mehr öffnen. Sie können es mit einem Klick wieder erlauben, oder alles so lassen.",
        ],
      },
      not_me: {
        subject: `${facts.recipient} meldet eine fremde Öffnung Ihrer Nachricht`,
        heading: `${facts.recipient} hat Ihre Nachricht nicht geöffnet`,
        lead: [
          "Diese Person sagt, jemand anders habe die Nachricht geöffnet. Sehen Sie im Protokoll der Öffnungen nach, und geben Sie Ihrer Verwaltung Bescheid, wenn nichts das erklärt.",
        ],
      },
      not_for_me: {
        subject: `${facts.recipient} meldet: Ihre Nachricht ist für jemand anderen`,
        heading: `Falscher Empfänger? ${facts.recipient} meldet es`,
        lead: ["Prüfen Sie die Adresse. Sie können dieser Person den Zugang entziehen und an die richtige senden."],
      },
    }[facts.reason],
    action: "Auf die Bitte antworten",
    rows: [{ label: "Angefragt", value: when(facts.atMs, facts.timeZone) }, ...referenceRow(facts.reference)],
    ...forMembers(house),
  }),

  bounced: (facts, house) =>
    ofReplyToAll(toAll, facts, {
      subject: `Ihre Nachricht hat ${facts.recipient} nicht erreicht`,
      heading: `Die E-Mail an ${facts.recipient} kam zurück`,
      lead: [
        delivery.reasons[facts.reasonCode],
        "Ihre Nachricht liegt weiter versiegelt auf dem Server. Berichtigen Sie die Adresse, senden Sie sie erneut, oder geben Sie den Link auf anderem Weg weiter.",
      ],
      action: "Nachricht verfolgen",
      rows: [
        { label: "Adresse", value: facts.address },
        { label: "Zurückgekommen", value: when(facts.atMs, facts.timeZone) },
        ...(facts.statusCode === undefined ? [] : [{ label: "Code", value: facts.statusCode }]),
        ...referenceRow(facts.reference),
      ],
      ...forMembers(house),
    }),

  confirm: (facts, house) => ({
    subject: `Ihr Code, um zu bestätigen, dass Sie es sind (${facts.reference})`,
    heading: "Ihr Code, um zu bestätigen, dass Sie es sind",
    lead: [
      "Geben Sie diesen Code auf der Seite ein, die Sie geöffnet haben. Er gibt die Änderung an Ihrem Konto dort frei.",
    ],
    rows: [
      { label: "Referenz", value: facts.reference, detail: "Dieselbe steht auf der Seite." },
      { label: "Gültig", value: `${facts.minutes} Minuten` },
    ],
    genuine: {
      question: "Sie haben keinen Code angefordert?",
      answer: `Dann ist vielleicht jemand anderes in Ihrem Konto angemeldet. Nennen Sie diesen Code niemandem, auch nicht am Telefon. Melden Sie sich auf ${house.host} an und beenden Sie die Anmeldungen, die Sie nicht kennen.`,
    },
    footer: footer(house),
  }),

  news: announcement,
  maintenance: announcement,

  sign_in: (facts, house) => ({
    subject: "Ihr Anmeldelink",
    heading: "Bei Pli anmelden",
    lead: [
      facts.memberName === "" ? "Guten Tag," : `Guten Tag ${facts.memberName},`,
      "Sie haben einen Link zum Anmelden angefordert. Öffnen Sie ihn in dem Browser, in dem Sie ihn angefordert haben.",
    ],
    action: "Anmelden",
    next: `Der Link gilt einmal, ${facts.minutes} Minuten lang. In einem anderen Browser fragt er nach den 4 Zeichen, die dort stehen, wo Sie ihn angefordert haben.`,
    rows: [],
    genuine: {
      question: "Sie haben nichts angefordert?",
      answer: `Dann tun Sie nichts: Ohne diese E-Mail kann sich niemand anmelden. Der Link führt zu ${house.host} und nirgendwo sonst hin. Geben Sie ihn nie weiter.`,
    },
    footer: footer(house),
  }),

  security: (facts, house) => securityMail(security, facts, house, footer(house)),
};
