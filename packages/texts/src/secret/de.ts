/** The page of a one-time secret, in German. */
import type { Secret } from "./en.ts";

export const secret = {
  page: {
    title: (a) => `Geheimnis von ${a.sender}`,
    untitled: "Einmal-Geheimnis",
    kicker: "Einmal-Geheimnis, versiegelt",
    loading: "Einen Augenblick…",
    language: "Sprache",
    sealedWith: "Versiegelt mit Pli",
    reload: "Seite neu laden",
    failed: "Das hat nicht geklappt. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
  },
  landing: {
    title: (a) => `${a.sender} vertraut Ihnen ein Geheimnis an`,
    before: "Anzeigen bis",
    thenDestroyed: (a) => `noch ${a.wait}; danach wird es vernichtet`,
    views: "Abrufe",
    left: (a) => `${a.left} von ${a.total} übrig`,
    reveal: "Geheimnis anzeigen",
    cost: (a) =>
      a.left === 1
        ? "Verbraucht den letzten Abruf: Danach wird das Geheimnis vernichtet."
        : `Verbraucht 1 von noch ${a.left} Abrufen. Wird die Seite neu geladen, fragt sie wieder.`,
    assurance: "Es wird hier entschlüsselt, in Ihrem Browser. Unser Server kann es nicht lesen.",
    genuine: "Woran erkenne ich, dass es echt ist?",
    genuineHost: "Die Adresse dieser Seite beginnt mit",
    genuineAsk: "Wir fragen nie nach einer Bankkarte oder nach dem Passwort Ihres Postfachs.",
    genuineCall: "Rufen Sie im Zweifel den Absender unter einer Nummer an, die Sie schon kennen.",
  },
  password: {
    label: "Passwort",
    hint: "Der Absender hat es Ihnen auf anderem Weg gegeben.",
    show: "Passwort anzeigen",
    hide: "Passwort verbergen",
    empty: "Geben Sie zuerst das Passwort ein.",
    wrong: (a) =>
      a.tries === undefined
        ? "Falsches Passwort. Kein Abruf wurde verbraucht."
        : `Falsches Passwort. Kein Abruf wurde verbraucht; noch ${a.tries === 1 ? "1 Versuch" : `${a.tries} Versuche`}.`,
    tooMany: (a) => `Zu viele Versuche. Versuchen Sie es in ${a.wait} wieder. Nichts ist verloren.`,
    working: "Das Geheimnis wird geöffnet…",
  },
  shown: {
    title: (a) => `Das Geheimnis von ${a.sender}`,
    text: "Text des Geheimnisses",
    copy: "Geheimnis kopieren",
    copied: "Das Geheimnis ist kopiert.",
    notCopied: "Dieser Browser hat es nicht kopiert. Markieren Sie stattdessen den Text.",
    hide: "Jetzt verbergen",
    hidesIn: (a) => `Wird in ${a.seconds} s verborgen`,
    hidden: "Das Geheimnis ist verborgen.",
    hiddenText: "Es bleibt auf dieser Seite, bis Sie sie schließen. Es hier wieder zu zeigen, verbraucht keinen Abruf.",
    again: "Wieder anzeigen",
    last: "Das war der letzte Abruf: Das Geheimnis ist auf dem Server vernichtet.",
    left: (a) => (a.left === 1 ? "1 Abruf ist übrig." : `${a.left} Abrufe sind übrig.`),
    keep: "Kopieren Sie es dorthin, wo es hingehört, bevor Sie diese Seite schließen.",
  },
  refused: {
    cut: {
      title: "Dieser Link ist nicht vollständig",
      text: "Sein Ende ging unterwegs verloren. Kopieren Sie den ganzen Link.",
    },
    unknown: {
      title: "Wir kennen dieses Geheimnis nicht",
      text: "Der Link stimmt nicht, oder das Geheimnis ist längst beendet.",
    },
    wrongLink: {
      title: "Dieser Link öffnet das Geheimnis nicht",
      text: "Ein Teil wurde unterwegs verändert. Kein Abruf wurde verbraucht.",
    },
    expired: {
      title: "Dieses Geheimnis ist abgelaufen",
      text: "Seine Zeit ist vorbei, es wurde vernichtet. Bitten Sie den Absender um ein neues.",
    },
    used_up: {
      title: "Dieses Geheimnis wurde schon gezeigt",
      text: "Es wurde so oft gezeigt wie erlaubt und dann vernichtet. Das waren nicht Sie? Sagen Sie es dem Absender sofort.",
    },
    destroyed: {
      title: "Der Absender hat dieses Geheimnis vernichtet",
      text: "Es kann nicht mehr gezeigt werden. Bitten Sie den Absender um ein neues.",
    },
    locked: {
      title: "Gesperrt nach zu vielen falschen Passwörtern",
      text: "Das Geheimnis ist sicher und bleibt geschlossen. Versuchen Sie es später.",
    },
    tooMany: {
      title: "Zu viele Versuche",
      text: "Warten Sie ein wenig und versuchen Sie es dann wieder. Nichts ist verloren.",
    },
    offline: {
      title: "Keine Verbindung",
      text: "Wir erreichen den Server nicht. Prüfen Sie Ihre Verbindung und versuchen Sie es wieder.",
    },
    lost: {
      title: "Die Verbindung brach beim Öffnen ab",
      text: "Die Antwort kam nicht an. Vielleicht wurde ein Abruf verbraucht. Versuchen Sie es wieder.",
    },
    integrity: {
      title: "Dieses Geheimnis wurde unterwegs verändert",
      text: "Was ankam, ist nicht, was versiegelt wurde. Es wird nicht gezeigt. Sagen Sie es dem Absender.",
    },
    version: {
      title: "Diese Seite ist älter als das Geheimnis",
      text: "Laden Sie die Seite neu, um die neueste zu bekommen.",
    },
    internal: {
      title: "Bei uns ist etwas schiefgegangen",
      text: "Versuchen Sie es wieder. Passiert es erneut, sagen Sie es dem Absender.",
    },
    wait: (a) => `Sie können es in ${a.wait} wieder versuchen.`,
    again: "Noch einmal versuchen",
  },
} satisfies Secret;
