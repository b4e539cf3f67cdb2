/** Ce que les personnes lisent pour chaque code d’erreur, en français : ce qui s’est passé, puis que faire. */
import type { details as englishDetails } from "./en.ts";
import type { ErrorTexts } from "./say.ts";

export const errors: ErrorTexts = {
  bad_input: {
    title: "Une information n’est pas correcte",
    text: "Vérifiez ce que vous avez saisi et réessayez. Rien n’a été enregistré.",
  },
  bad_link: {
    title: "Ce lien est incomplet",
    text: "Une partie s’est perdue en route. Ouvrez-le de nouveau depuis le courriel, ou copiez le lien entier dans votre navigateur.",
  },
  payload_too_large: {
    title: "C’est trop volumineux",
    text: "Retirez une pièce jointe, ou faites plusieurs messages.",
  },
  unsupported_media_type: {
    title: "Ce type de données n’est pas accepté",
    text: "Rechargez la page et réessayez.",
  },
  unsupported_version: {
    title: "Ce contenu vient d’une version plus récente de Pli",
    text: "Rechargez la page ou mettez votre programme à jour, puis réessayez.",
  },
  idempotency_mismatch: {
    title: "Cet envoi a déjà été fait avec un autre contenu",
    text: "Regardez d’abord vos messages envoyés. Pour envoyer autre chose, commencez un nouveau message.",
  },
  not_signed_in: {
    title: "Votre session est terminée",
    text: "Connectez-vous de nouveau. Ce que vous étiez en train d’écrire est conservé.",
  },
  not_found: {
    title: "Il n’y a rien ici",
    text: "L’adresse est fausse, ou ce contenu n’est plus disponible. Repartez de l’endroit où vous l’avez trouvée.",
  },
  forbidden_origin: {
    title: "Cette demande vient d’un autre site",
    text: "Elle a été refusée pour votre sécurité. Ouvrez Pli directement dans votre navigateur et réessayez.",
  },
  sign_in_link_invalid: {
    title: "Ce lien de connexion ne marche plus",
    text: "Chaque lien sert une seule fois, pendant 15 minutes. Demandez-en un nouveau.",
  },
  confirmation_required: {
    title: "Encore une vérification",
    text: "Vous avez demandé ce lien dans un autre navigateur. Saisissez les 4 caractères affichés sur cette autre page.",
  },
  confirmation_wrong: {
    title: "Ce ne sont pas les bons caractères",
    text: "Regardez la page où vous avez demandé le lien et saisissez les 4 caractères affichés.",
  },
  robot_check_failed: {
    title: "Nous n’avons pas pu vous distinguer d’un robot",
    text: "Rechargez la page et réessayez. Vous n’avez rien à résoudre.",
  },
  second_factor_required: {
    title: "Confirmez que c’est bien vous",
    text: "Utilisez encore une fois une clé d’accès ou un code, puis réessayez.",
  },
  passkey_refused: {
    title: "Cette clé d’accès n’a pas été acceptée",
    text: "Réessayez. Si cela se reproduit, connectez-vous par un lien reçu par courriel.",
  },
  mailbox_proof_required: {
    title: "Il faut d’abord un code",
    text: "Demandez un code : il arrive dans votre messagerie. Saisissez-le ensuite ici.",
  },
  sms_proof_required: {
    title: "Il faut d’abord un code par SMS",
    text: "Demandez un code : il arrive sur votre téléphone mobile. Saisissez-le ensuite ici.",
  },
  wrong_code: {
    title: "Ce code n’est pas le bon",
    text: "Vérifiez le code reçu par courriel et saisissez-le de nouveau.",
  },
  code_expired: {
    title: "Ce code est trop ancien",
    text: "Il était juste, mais un code ne vaut que 15 minutes. Demandez-en un nouveau.",
  },
  wrong_password: {
    title: "Ce mot de passe n’est pas le bon",
    text: "Saisissez-le de nouveau, en respectant les majuscules. L’expéditeur peut vous le redonner.",
  },
  locked: {
    title: "Bloqué après trop d’essais",
    text: "Rien n’est perdu. Patientez, puis réessayez avec le bon mot de passe.",
  },
  expired: {
    title: "Ce message a expiré",
    text: "Sa date est passée, il ne peut plus être ouvert. Vous pouvez demander un nouvel exemplaire à l’expéditeur.",
  },
  used_up: {
    title: "Ce message a déjà été ouvert autant de fois que prévu",
    text: "Vous pouvez demander un nouvel exemplaire à l’expéditeur. Si vous ne l’avez jamais ouvert, dites-le-lui.",
  },
  revoked: {
    title: "L’expéditeur a retiré ce message",
    text: "Il ne peut plus être ouvert. Si vous en avez besoin, contactez l’expéditeur.",
  },
  destroyed: {
    title: "Ce message a été détruit",
    text: "Son contenu n’existe plus nulle part sur ce serveur. Vous pouvez demander un nouvel exemplaire à l’expéditeur.",
  },
  opening_required: {
    title: "Le temps pour télécharger est écoulé",
    text: "Un message reste ouvert 60 minutes. Ouvrez-le de nouveau si vous le pouvez, ou demandez un nouvel exemplaire à l’expéditeur.",
  },
  policy_refused: {
    title: "Votre organisation ne le permet pas",
    text: "Ses règles demandent autre chose. Rechargez la page pour les voir, ou demandez à votre administrateur.",
  },
  conflict: {
    title: "Ce n’est plus possible",
    text: "Quelque chose a changé entre-temps. Rechargez la page pour voir où vous en êtes.",
  },
  already_exists: { title: "Cela existe déjà", text: "Rechargez la page pour le voir." },
  last_slot: {
    title: "C’est votre dernier moyen de déverrouiller vos messages",
    text: "Ajoutez-en d’abord un autre. Sans aucun, plus personne ne pourrait les lire.",
  },
  too_late: {
    title: "Le délai pour le reprendre est passé",
    text: "Le message est parti. Vous pouvez encore le révoquer, pour qu’on ne puisse plus l’ouvrir.",
  },
  limit_reached: { title: "Vous avez atteint le maximum", text: "Retirez d’abord quelque chose, puis réessayez." },
  sms_unavailable: {
    title: "Ce serveur n’envoie pas de SMS",
    text: "Choisissez un autre moyen, ou demandez à votre administrateur de les mettre en place.",
  },
  number_refused: {
    title: "Ce numéro de mobile ne convient pas",
    text: "Vérifiez-le, avec l’indicatif du pays. Certains serveurs n’écrivent qu’à certains pays.",
  },
  rate_limited: { title: "Trop d’essais", text: "Patientez un peu, puis réessayez. Rien n’est perdu." },
  storage_full: {
    title: "Le serveur n’a plus de place",
    text: "Rien n’a été envoyé. Prévenez votre administrateur et réessayez plus tard.",
  },
  unavailable: {
    title: "Le serveur n’est pas disponible pour le moment",
    text: "Réessayez dans un instant. Ce que vous avez fait est conservé.",
  },
  internal: {
    title: "Une erreur s’est produite de notre côté",
    text: "Réessayez. Si cela se reproduit, prévenez votre administrateur en lui donnant le numéro affiché.",
  },
  integrity: {
    title: "Ce contenu a été modifié en chemin",
    text: "Pour votre sécurité, il n’est pas affiché. Réessayez. Si cela se reproduit, prévenez l’expéditeur.",
  },
  network: {
    title: "Pas de connexion",
    text: "Vérifiez votre accès à internet. Nous reprenons dès qu’il revient.",
  },
  cancelled: {
    title: "Arrêté",
    text: "Vous avez arrêté l’opération. Rien ne se passe tant que vous ne la relancez pas.",
  },
  keyring_locked: {
    title: "Déverrouillez d’abord vos messages",
    text: "Saisissez votre phrase secrète, ou un autre moyen de déverrouiller. C’est demandé une fois par appareil.",
  },
};

export const details: typeof englishDetails = {
  triesLeft: (tries) => (tries <= 1 ? `Il vous reste ${tries} essai.` : `Il vous reste ${tries} essais.`),
  retryAfter: (wait) => `Réessayez dans ${wait}.`,
  limit: (limit) => `${limit} au plus.`,
  /** Of `policy_refused`, by the setting. */
  rules: {
    passwordRequired: "Il faut un mot de passe.",
    smsRequired: "Il faut un code SMS.",
    openings: "Moins d’ouvertures sont permises sans mot de passe ni code SMS.",
    openingsWithFactor: "Moins d’ouvertures sont permises.",
    expiryHours: "L’expiration doit être plus proche.",
    expiryMostHours: "L’expiration doit être plus proche.",
    notify: "Le moment où vous êtes prévenu est fixé.",
    protect: "Tout le message doit être scellé.",
    deliveryLink: "Les liens à transmettre ne sont pas permis.",
    deliverySms: "Les liens par SMS ne sont pas permis.",
    recipientLanguages: "Cette langue n’est pas permise pour les destinataires.",
    recipientLanguage: "La langue des destinataires est fixée.",
    memberLanguages: "Cette langue n’est pas permise.",
    memberLanguage: "La langue est fixée.",
    passwordLength: "Le mot de passe est trop court.",
    passwordUpper: "Il faut une majuscule au mot de passe.",
    passwordLower: "Il faut une minuscule au mot de passe.",
    passwordDigits: "Il faut un chiffre au mot de passe.",
    passwordSpecial: "Il faut un caractère spécial au mot de passe.",
    secondFactorSms: "Un numéro de mobile ne peut pas servir de seconde étape.",
    confirmReplies: "Les réponses demandent toujours une seconde étape.",
  },
};
