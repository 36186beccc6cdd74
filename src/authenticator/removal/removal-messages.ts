import { defineMessages } from '#platform/html/messages.ts';

/** Names of controls and the last heading are the contract's, to the character. */
export const removalMessages = defineMessages({
  fr: {
    unknownDevice: 'un navigateur inconnu',
    back: 'Revenir où j’en étais',
    tooMany: (left: string) => `Trop de demandes en peu de temps. Rien n’a changé ; réessayez dans ${left}.`,
    start: {
      title: 'Mot de passe oublié',
      lead: 'Un mot de passe oublié ne se retrouve pas : personne d’autre ne le connaît. Supprimez votre e-CPS, puis activez-en une nouvelle avec un autre mot de passe.',
      label: 'Identifiant e-CPS',
      hint: 'Votre numéro RPPS : 11 chiffres, avec ou sans le 8 devant. Une e-CPS encore à votre numéro ADELI se reconnaît à ses 9 caractères.',
      submit: 'Continuer',
      errors: {
        empty: 'Tapez votre identifiant.',
        shape: 'Ce n’est ni un numéro RPPS (11 chiffres) ni un numéro ADELI (9 caractères). Comptez-les.',
        check_digit:
          'Un chiffre ne va pas avec les autres. Relisez le numéro sur votre carte ou dans votre e-CPS.',
      },
      expired:
        'La demande précédente est restée ouverte trop longtemps. Rien n’a été supprimé ; recommencez.',
    },
    prove: {
      title: 'Prouvez que cette e-CPS est la vôtre',
      lead: 'Sans cela, quiconque connaît votre numéro pourrait la supprimer.',
      identifier: 'Identifiant',
      receive: 'Recevoir les codes',
      receiveLine: 'Un par mail, un autre par SMS, aux coordonnées que l’annuaire a de vous.',
      card: 'Carte CPS',
      cardLine: 'Votre carte, un lecteur et son code à 4 chiffres.',
      correct: 'Corriger l’identifiant',
      refusals: {
        not_read: {
          title: 'Votre carte n’a pas été reconnue',
          body: 'Vérifiez que c’est bien votre carte CPS et qu’elle est encore valable, puis réessayez. Ou recevez les codes.',
        },
        not_hers: {
          title: 'Rien n’a été supprimé',
          body: 'Cette carte n’a pas d’e-CPS à supprimer sous cet identifiant. Relisez-le, ou recevez les codes.',
        },
      },
    },
    codes: {
      title: 'Recopiez les deux codes',
      lead: (left: string) =>
        `Si cet identifiant a une e-CPS et que l’annuaire a vos coordonnées, deux codes différents viennent de partir. Ils servent encore ${left}.`,
      mail: 'Code reçu par mail',
      sms: 'Code reçu par SMS',
      submit: 'Supprimer ma e-CPS',
      missing: 'Recopiez ce code.',
      wrong: (tries: number) =>
        `Ce code n’est pas le bon. ${tries > 1 ? `Il reste ${tries} essais.` : 'Il reste un essai.'}`,
      summary: 'Les deux codes sont à revoir',
      about: (label: string, message: string) => `${label} : ${message}`,
      dead: 'Ces codes ne servent plus : ils ont expiré, ou ils ont été essayés trop souvent.',
      sendAgain: 'Renvoyer les codes',
      sentAgain: 'De nouveaux codes sont partis ; les précédents ne servent plus.',
      tooSoon: (left: string) => `Les derniers codes sont en route. Vous pourrez en redemander dans ${left}.`,
      nothing:
        'Rien n’arrive ? Regardez dans le courrier indésirable, relisez l’identifiant, ou utilisez votre carte.',
    },
    removed: {
      title: 'Votre e-CPS a été supprimée',
      body: 'Elle ne permet plus de se connecter, et les connexions qu’elle avait ouvertes sont fermées. Un avis part par mail et par SMS.',
      next: 'Activez-en une nouvelle depuis votre téléphone, avec un mot de passe que vous retiendrez.',
      goOn: 'Continuer',
    },
    activation: {
      title: 'Activer une e-CPS',
      lead: 'L’activation se fait dans l’application, sur votre téléphone, et prend cinq minutes.',
      scan: 'Scannez ce code avec votre téléphone, ou ouvrez-y cette adresse :',
      picture: 'QR code de l’adresse de l’application e-CPS',
      submit: "Demander l'activation de la e-CPS",
    },
  },
  en: {
    unknownDevice: 'an unknown browser',
    back: 'Back to where I was',
    tooMany: (left) => `Too many requests in a short time. Nothing has changed; try again in ${left}.`,
    start: {
      title: 'Forgotten password',
      lead: 'A forgotten password cannot be found again: nobody else knows it. Delete your e-CPS, then activate a new one with another password.',
      label: 'e-CPS identifier',
      hint: 'Your RPPS number: 11 digits, with or without the 8 before it. An e-CPS still under your ADELI number is known by its 9 characters.',
      submit: 'Continue',
      errors: {
        empty: 'Type your identifier.',
        shape: 'This is neither an RPPS number (11 digits) nor an ADELI number (9 characters). Count them.',
        check_digit:
          'One digit does not go with the others. Read the number again on your card or in your e-CPS.',
      },
      expired: 'The former request stayed open for too long. Nothing was deleted; start again.',
    },
    prove: {
      title: 'Prove that this e-CPS is yours',
      lead: 'Otherwise anybody who knows your number could delete it.',
      identifier: 'Identifier',
      receive: 'Receive the codes',
      receiveLine: 'One by e-mail, another by SMS, to the contact details that the directory has of you.',
      card: 'CPS card',
      cardLine: 'Your card, a reader and its 4-digit code.',
      correct: 'Correct the identifier',
      refusals: {
        not_read: {
          title: 'Your card was not recognised',
          body: 'Make sure that it is your CPS card and still valid, then try again. Or receive the codes.',
        },
        not_hers: {
          title: 'Nothing was deleted',
          body: 'This card has no e-CPS to delete under this identifier. Read it again, or receive the codes.',
        },
      },
    },
    codes: {
      title: 'Copy the two codes',
      lead: (left) =>
        `If this identifier has an e-CPS and the directory has your contact details, two different codes have just been sent. They work for another ${left}.`,
      mail: 'Code received by e-mail',
      sms: 'Code received by SMS',
      submit: 'Delete my e-CPS',
      missing: 'Copy this code.',
      wrong: (tries) =>
        `This code is not the right one. ${tries > 1 ? `${tries} tries are left.` : 'One try is left.'}`,
      summary: 'Both codes need another look',
      about: (label, message) => `${label}: ${message}`,
      dead: 'These codes no longer work: they have expired, or they were tried too often.',
      sendAgain: 'Send the codes again',
      sentAgain: 'New codes have been sent; the former ones no longer work.',
      tooSoon: (left) => `The last codes are on their way. You can ask for others in ${left}.`,
      nothing: 'Nothing arrives? Look among junk mail, read the identifier again, or use your card.',
    },
    removed: {
      title: 'Your e-CPS was deleted',
      body: 'It does not sign in any more, and the sessions that it opened have ended. A notice goes out by e-mail and SMS.',
      next: 'Activate a new one from your phone, with a password that you will remember.',
      goOn: 'Continue',
    },
    activation: {
      title: 'Activate an e-CPS',
      lead: 'The activation happens in the app, on your phone, and takes five minutes.',
      scan: 'Scan this code with your phone, or open this address there:',
      picture: 'QR code of the address of the e-CPS app',
      submit: 'Request the activation of the e-CPS',
    },
  },
});
