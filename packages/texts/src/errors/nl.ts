/** What people read for each error code, in Dutch: what happened, then what to do now. Never says more than the code does. */
import type { ErrorTexts } from "./say.ts";

export const errors: ErrorTexts = {
  bad_input: {
    title: "Er is iets niet goed ingevuld",
    text: "Controleer wat u hebt ingevoerd en probeer het opnieuw. Er is niets opgeslagen.",
  },
  bad_link: {
    title: "Deze link is niet volledig",
    text: "Een deel is onderweg verloren gegaan. Open hem opnieuw vanuit de e-mail, of kopieer de hele link naar uw browser.",
  },
  payload_too_large: { title: "Dit is te groot", text: "Haal er een bijlage uit, of stuur meerdere berichten." },
  unsupported_media_type: {
    title: "Dit soort gegevens wordt niet aangenomen",
    text: "Laad de pagina opnieuw en probeer het nog eens.",
  },
  unsupported_version: {
    title: "Dit is met een nieuwere versie van Pli gemaakt",
    text: "Laad de pagina opnieuw, of werk uw programma bij. Probeer het dan nog eens.",
  },
  idempotency_mismatch: {
    title: "Dit is al met een andere inhoud verstuurd",
    text: "Kijk eerst in uw verstuurde berichten. Begin voor iets anders een nieuw bericht.",
  },
  not_signed_in: { title: "U bent uitgelogd", text: "Log weer in. Wat u schreef, blijft bewaard." },
  not_found: {
    title: "Hier is niets",
    text: "Het adres klopt niet, of dit is niet meer beschikbaar. Open het opnieuw vanaf waar u het vond.",
  },
  forbidden_origin: {
    title: "Dit kwam van een andere website",
    text: "Voor uw veiligheid is het geweigerd. Open Pli rechtstreeks in uw browser en probeer het opnieuw.",
  },
  sign_in_link_invalid: {
    title: "Deze inloglink werkt niet meer",
    text: "Elke link werkt één keer, 15 minuten lang. Vraag een nieuwe aan.",
  },
  confirmation_required: {
    title: "Nog één controle",
    text: "U hebt deze link in een andere browser aangevraagd. Typ de 4 tekens die op die pagina staan.",
  },
  confirmation_wrong: {
    title: "Dit zijn niet de juiste tekens",
    text: "Kijk op de pagina waar u de link aanvroeg, en typ de 4 tekens die daar staan.",
  },
  robot_check_failed: {
    title: "Wij konden u niet van een robot onderscheiden",
    text: "Laad de pagina opnieuw en probeer het nog eens. U hoeft niets op te lossen.",
  },
  second_factor_required: {
    title: "Bevestig dat u het bent",
    text: "Gebruik nog eens een toegangssleutel of een code en probeer het daarna opnieuw.",
  },
  passkey_refused: {
    title: "Deze toegangssleutel is niet aanvaard",
    text: "Probeer het opnieuw. Gebeurt het weer, log dan in met een link per e-mail.",
  },
  mailbox_proof_required: {
    title: "Eerst is er een code nodig",
    text: "Vraag een code aan: die komt in uw mailbox. Typ hem dan hier.",
  },
  sms_proof_required: {
    title: "Er is eerst een sms-code nodig",
    text: "Vraag een code aan: die komt op uw mobiele telefoon. Typ hem daarna hier.",
  },
  wrong_code: { title: "Deze code klopt niet", text: "Controleer de code in de e-mail en typ hem opnieuw." },
  code_expired: {
    title: "Deze code is te oud",
    text: "Hij klopte, maar codes gelden 15 minuten. Vraag een nieuwe aan.",
  },
  wrong_password: {
    title: "Dit wachtwoord klopt niet",
    text: "Typ het opnieuw en let op hoofdletters. De afzender kan het u zeggen.",
  },
  locked: {
    title: "Geblokkeerd na te veel verkeerde pogingen",
    text: "Er is niets verloren. Wacht, en probeer het dan met het juiste wachtwoord.",
  },
  expired: {
    title: "Dit bericht is verlopen",
    text: "De datum is voorbij, het kan niet meer worden geopend. U kunt de afzender een nieuw exemplaar vragen.",
  },
  used_up: {
    title: "Dit bericht is al zo vaak geopend als mocht",
    text: "U kunt de afzender een nieuw exemplaar vragen. Hebt u het nooit geopend, waarschuw dan de afzender.",
  },
  revoked: {
    title: "De afzender heeft dit bericht ingetrokken",
    text: "Het kan niet meer worden geopend. Hebt u het nodig, neem dan contact op met de afzender.",
  },
  destroyed: {
    title: "Dit bericht is vernietigd",
    text: "De inhoud bestaat op deze server niet meer. U kunt de afzender een nieuw exemplaar vragen.",
  },
  opening_required: {
    title: "De tijd om te downloaden is voorbij",
    text: "Een bericht blijft 60 minuten open. Open het opnieuw als dat mag, of vraag de afzender een nieuw exemplaar.",
  },
  policy_refused: {
    title: "Uw organisatie staat dit niet toe",
    text: "De regels vragen iets anders. Laad de pagina opnieuw om ze te zien, of vraag het uw beheerder.",
  },
  conflict: {
    title: "Dit kan niet meer",
    text: "Intussen is er iets veranderd. Laad de pagina opnieuw om de stand te zien.",
  },
  already_exists: { title: "Dit bestaat al", text: "Laad de pagina opnieuw om het te zien." },
  last_slot: {
    title: "Alleen zo zijn uw berichten nog te ontgrendelen",
    text: "Voeg eerst een andere manier toe. Zonder zou niemand ze nog kunnen lezen.",
  },
  too_late: {
    title: "De tijd om het terug te halen is voorbij",
    text: "Het bericht is onderweg. U kunt het nog intrekken, dan gaat het niet meer open.",
  },
  limit_reached: { title: "Meer is niet mogelijk", text: "Verwijder eerst iets en probeer het dan opnieuw." },
  sms_unavailable: {
    title: "Deze server stuurt geen sms",
    text: "Kies een andere manier, of vraag uw beheerder om dit in te stellen.",
  },
  number_refused: {
    title: "Dit mobiele nummer kan niet worden gebruikt",
    text: "Controleer het, met het landnummer. Sommige servers sturen alleen naar bepaalde landen.",
  },
  rate_limited: { title: "Te veel pogingen", text: "Wacht even en probeer het opnieuw. Er is niets verloren." },
  storage_full: {
    title: "De server heeft geen ruimte meer",
    text: "Er is niets verstuurd. Waarschuw uw beheerder, en probeer het later opnieuw.",
  },
  unavailable: {
    title: "De server is nu niet beschikbaar",
    text: "Probeer het zo opnieuw. Wat u tot nu toe deed, blijft bewaard.",
  },
  internal: {
    title: "Er ging bij ons iets mis",
    text: "Probeer het opnieuw. Gebeurt het weer, geef uw beheerder dan het getoonde nummer.",
  },
  integrity: {
    title: "Deze inhoud is onderweg gewijzigd",
    text: "Voor uw veiligheid wordt hij niet getoond. Probeer het opnieuw. Gebeurt het weer, waarschuw dan de afzender.",
  },
  network: {
    title: "Geen verbinding",
    text: "Controleer uw internetverbinding. Zodra die terug is, gaat het verder.",
  },
  cancelled: { title: "Gestopt", text: "U hebt dit gestopt. Er gebeurt niets meer tot u het weer start." },
  keyring_locked: {
    title: "Ontgrendel eerst uw berichten",
    text: "Voer uw wachtzin in, of ontgrendel op een andere manier. Op elk apparaat is dat eenmaal nodig.",
  },
};

export const details = {
  triesLeft: (tries: number): string => (tries === 1 ? "U hebt nog 1 poging." : `U hebt nog ${tries} pogingen.`),
  retryAfter: (wait: string): string => `Probeer het over ${wait} opnieuw.`,
  limit: (limit: string): string => `Hoogstens ${limit}.`,
  /** Of `policy_refused`, by the setting. */
  rules: {
    passwordRequired: "Een wachtwoord is verplicht.",
    smsRequired: "Een sms-code is verplicht.",
    openings: "Zonder wachtwoord of sms-code zijn minder openingen toegestaan.",
    openingsWithFactor: "Er zijn minder openingen toegestaan.",
    expiryHours: "Het moet eerder verlopen.",
    expiryMostHours: "Het moet eerder verlopen.",
    notify: "Wanneer u bericht krijgt, ligt vast.",
    protect: "Het hele bericht moet verzegeld zijn.",
    deliveryLink: "Links om door te geven zijn niet toegestaan.",
    deliverySms: "Links per sms zijn niet toegestaan.",
    recipientLanguages: "Deze taal is niet toegestaan voor ontvangers.",
    recipientLanguage: "De taal van ontvangers ligt vast.",
    memberLanguages: "Deze taal is niet toegestaan.",
    memberLanguage: "De taal ligt vast.",
    passwordLength: "Het wachtwoord is te kort.",
    passwordUpper: "Het wachtwoord heeft een hoofdletter nodig.",
    passwordLower: "Het wachtwoord heeft een kleine letter nodig.",
    passwordDigits: "Het wachtwoord heeft een cijfer nodig.",
    passwordSpecial: "Het wachtwoord heeft een speciaal teken nodig.",
    secondFactorSms: "Een mobiel nummer kan geen tweede stap zijn.",
    confirmReplies: "Antwoorden vragen altijd om een tweede stap.",
  },
};
