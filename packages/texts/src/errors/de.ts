/** What people read for each error code, in German: what happened, then what to do now. Never says more than the code does. */
import type { ErrorTexts } from "./say.ts";

export const errors: ErrorTexts = {
  bad_input: {
    title: "Etwas ist nicht richtig ausgefüllt",
    text: "Prüfen Sie Ihre Eingaben und versuchen Sie es erneut. Nichts wurde gespeichert.",
  },
  bad_link: {
    title: "Dieser Link ist nicht vollständig",
    text: "Ein Teil ging unterwegs verloren. Öffnen Sie ihn noch einmal aus der E-Mail, oder kopieren Sie ihn ganz in Ihren Browser.",
  },
  payload_too_large: {
    title: "Das ist zu groß",
    text: "Nehmen Sie einen Anhang heraus, oder senden Sie mehrere Nachrichten.",
  },
  unsupported_media_type: {
    title: "Diese Art von Daten wird nicht angenommen",
    text: "Laden Sie die Seite neu und versuchen Sie es erneut.",
  },
  unsupported_version: {
    title: "Das entstand mit einer neueren Version von Pli",
    text: "Laden Sie die Seite neu, oder aktualisieren Sie Ihr Programm. Versuchen Sie es dann erneut.",
  },
  idempotency_mismatch: {
    title: "Das wurde schon mit anderem Inhalt gesendet",
    text: "Sehen Sie zuerst in Ihren gesendeten Nachrichten nach. Für etwas anderes beginnen Sie eine neue Nachricht.",
  },
  not_signed_in: {
    title: "Sie sind abgemeldet",
    text: "Melden Sie sich wieder an. Was Sie geschrieben haben, bleibt.",
  },
  not_found: {
    title: "Hier gibt es nichts",
    text: "Die Adresse stimmt nicht, oder es ist nicht mehr verfügbar. Öffnen Sie es noch einmal von dort, woher Sie kamen.",
  },
  forbidden_origin: {
    title: "Das kam von einer anderen Website",
    text: "Zu Ihrer Sicherheit wurde es abgewiesen. Öffnen Sie Pli direkt in Ihrem Browser und versuchen Sie es erneut.",
  },
  sign_in_link_invalid: {
    title: "Dieser Anmeldelink gilt nicht mehr",
    text: "Jeder Link gilt einmal, 15 Minuten lang. Fordern Sie einen neuen an.",
  },
  confirmation_required: {
    title: "Noch eine Prüfung",
    text: "Sie haben diesen Link in einem anderen Browser angefordert. Geben Sie die 4 Zeichen ein, die dort stehen.",
  },
  confirmation_wrong: {
    title: "Das sind nicht die richtigen Zeichen",
    text: "Sehen Sie auf die Seite, wo Sie den Link angefordert haben. Geben Sie die 4 Zeichen ein, die dort stehen.",
  },
  robot_check_failed: {
    title: "Wir konnten Sie nicht von einem Roboter unterscheiden",
    text: "Laden Sie die Seite neu und versuchen Sie es erneut. Sie müssen nichts lösen.",
  },
  second_factor_required: {
    title: "Bestätigen Sie, dass Sie es sind",
    text: "Verwenden Sie noch einmal einen Passkey oder einen Code und versuchen Sie es dann erneut.",
  },
  passkey_refused: {
    title: "Dieser Passkey wurde nicht angenommen",
    text: "Versuchen Sie es erneut. Geschieht es wieder, melden Sie sich mit einem Link per E-Mail an.",
  },
  mailbox_proof_required: {
    title: "Zuerst ist ein Code nötig",
    text: "Fordern Sie einen Code an: Er kommt in Ihr Postfach. Geben Sie ihn dann hier ein.",
  },
  sms_proof_required: {
    title: "Zuerst ist ein Code per SMS nötig",
    text: "Fordern Sie einen Code an: Er kommt auf Ihr Mobiltelefon. Geben Sie ihn dann hier ein.",
  },
  wrong_code: {
    title: "Dieser Code stimmt nicht",
    text: "Prüfen Sie den Code in der E-Mail und geben Sie ihn noch einmal ein.",
  },
  code_expired: {
    title: "Dieser Code ist zu alt",
    text: "Er war richtig, aber Codes gelten 15 Minuten. Fordern Sie einen neuen an.",
  },
  wrong_password: {
    title: "Dieses Passwort stimmt nicht",
    text: "Geben Sie es noch einmal ein und achten Sie auf Großbuchstaben. Der Absender kann es Ihnen sagen.",
  },
  locked: {
    title: "Gesperrt nach zu vielen falschen Versuchen",
    text: "Nichts ist verloren. Warten Sie, und versuchen Sie es dann mit dem richtigen Passwort.",
  },
  expired: {
    title: "Diese Nachricht ist abgelaufen",
    text: "Ihre Frist ist vorbei, sie lässt sich nicht mehr öffnen. Sie können den Absender um ein neues Exemplar bitten.",
  },
  used_up: {
    title: "Diese Nachricht wurde schon so oft geöffnet wie erlaubt",
    text: "Sie können den Absender um ein neues Exemplar bitten. Haben Sie sie nie geöffnet, geben Sie ihm Bescheid.",
  },
  revoked: {
    title: "Der Absender hat diese Nachricht zurückgezogen",
    text: "Sie lässt sich nicht mehr öffnen. Wenn Sie sie brauchen, wenden Sie sich an den Absender.",
  },
  destroyed: {
    title: "Diese Nachricht wurde vernichtet",
    text: "Ihr Inhalt existiert auf diesem Server nicht mehr. Sie können den Absender um ein neues Exemplar bitten.",
  },
  opening_required: {
    title: "Die Zeit zum Herunterladen ist vorbei",
    text: "Eine Nachricht bleibt 60 Minuten offen. Öffnen Sie sie noch einmal, wenn Sie dürfen, oder bitten Sie um ein neues Exemplar.",
  },
  policy_refused: {
    title: "Ihre Organisation erlaubt das nicht",
    text: "Die Regeln verlangen etwas anderes. Laden Sie die Seite neu, um sie zu sehen, oder fragen Sie Ihre Verwaltung.",
  },
  conflict: {
    title: "Das ist nicht mehr möglich",
    text: "Inzwischen hat sich etwas geändert. Laden Sie die Seite neu, um den Stand zu sehen.",
  },
  already_exists: { title: "Das gibt es schon", text: "Laden Sie die Seite neu, um es zu sehen." },
  last_slot: {
    title: "Nur so lassen sich Ihre Nachrichten noch entsperren",
    text: "Fügen Sie zuerst einen anderen Weg hinzu. Ohne ihn könnte sie niemand mehr lesen.",
  },
  too_late: {
    title: "Die Zeit zum Zurückholen ist vorbei",
    text: "Die Nachricht ist unterwegs. Sie können sie noch zurückziehen, dann lässt sie sich nicht mehr öffnen.",
  },
  limit_reached: {
    title: "Mehr ist nicht möglich",
    text: "Entfernen Sie zuerst etwas, und versuchen Sie es dann erneut.",
  },
  sms_unavailable: {
    title: "Dieser Server sendet keine SMS",
    text: "Wählen Sie einen anderen Weg, oder bitten Sie Ihre Verwaltung, das einzurichten.",
  },
  number_refused: {
    title: "Diese Mobilnummer lässt sich nicht verwenden",
    text: "Prüfen Sie sie, mit der Landesvorwahl. Manche Server schreiben nur in bestimmte Länder.",
  },
  rate_limited: {
    title: "Zu viele Versuche",
    text: "Warten Sie etwas und versuchen Sie es erneut. Nichts ist verloren.",
  },
  storage_full: {
    title: "Der Server hat keinen Platz mehr",
    text: "Nichts wurde gesendet. Geben Sie Ihrer Verwaltung Bescheid, und versuchen Sie es später erneut.",
  },
  unavailable: {
    title: "Der Server ist gerade nicht erreichbar",
    text: "Versuchen Sie es gleich noch einmal. Was Sie bisher getan haben, bleibt.",
  },
  internal: {
    title: "Bei uns ist etwas schiefgegangen",
    text: "Versuchen Sie es erneut. Passiert es wieder, geben Sie Ihrer Verwaltung die angezeigte Nummer.",
  },
  integrity: {
    title: "Dieser Inhalt wurde unterwegs verändert",
    text: "Zu Ihrer Sicherheit wird er nicht angezeigt. Versuchen Sie es erneut. Passiert es wieder, geben Sie dem Absender Bescheid.",
  },
  network: {
    title: "Keine Verbindung",
    text: "Prüfen Sie Ihre Internetverbindung. Es geht weiter, sobald sie zurück ist.",
  },
  cancelled: {
    title: "Angehalten",
    text: "Sie haben das angehalten. Bis Sie es neu starten, geschieht nichts mehr.",
  },
  keyring_locked: {
    title: "Entsperren Sie zuerst Ihre Nachrichten",
    text: "Geben Sie Ihre Passphrase ein, oder entsperren Sie anders. Das ist auf jedem Gerät einmal nötig.",
  },
};

export const details = {
  triesLeft: (tries: number): string =>
    tries === 1 ? "Sie haben noch 1 Versuch." : `Sie haben noch ${tries} Versuche.`,
  retryAfter: (wait: string): string => `Versuchen Sie es in ${wait} erneut.`,
  limit: (limit: string): string => `Höchstens ${limit}.`,
  /** Of `policy_refused`, by the setting. */
  rules: {
    passwordRequired: "Ein Passwort ist Pflicht.",
    smsRequired: "Ein SMS-Code ist Pflicht.",
    openings: "Ohne Passwort oder SMS-Code sind weniger Öffnungen erlaubt.",
    openingsWithFactor: "Es sind weniger Öffnungen erlaubt.",
    expiryHours: "Sie muss früher ablaufen.",
    expiryMostHours: "Sie muss früher ablaufen.",
    notify: "Wann Sie benachrichtigt werden, ist festgelegt.",
    protect: "Die ganze Nachricht muss versiegelt sein.",
    deliveryLink: "Links zum Weitergeben sind nicht erlaubt.",
    deliverySms: "Links per SMS sind nicht erlaubt.",
    recipientLanguages: "Diese Sprache ist für Empfänger nicht erlaubt.",
    recipientLanguage: "Die Sprache der Empfänger ist festgelegt.",
    memberLanguages: "Diese Sprache ist nicht erlaubt.",
    memberLanguage: "Die Sprache ist festgelegt.",
    passwordLength: "Das Passwort ist zu kurz.",
    passwordUpper: "Das Passwort braucht einen Großbuchstaben.",
    passwordLower: "Das Passwort braucht einen Kleinbuchstaben.",
    passwordDigits: "Das Passwort braucht eine Ziffer.",
    passwordSpecial: "Das Passwort braucht ein Sonderzeichen.",
    secondFactorSms: "Eine Mobilnummer kann kein zweiter Schritt sein.",
    confirmReplies: "Antworten verlangen immer einen zweiten Schritt.",
  },
};
