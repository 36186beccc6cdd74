import { defineMessages } from '#platform/html/messages.ts';

/** Texts of the steps that an e-CPS takes; `until` comes as people say it ("14:32", "le 25 novembre 2026 à 14:32"). */
export const ecpsMessages = defineMessages({
  fr: {
    card: 'Carte CPS',
    ecps: 'e-CPS',
    retry: 'Réessayer',
    otherMeans: 'Autre moyen',
    activate: "Demander l'activation de la e-CPS",
    notYet: "Je n'ai pas encore de e-CPS",
    forgotten: 'Mot de passe oublié',
    unknownDevice: 'un navigateur inconnu',
    atTime: (time: string) => `à ${time}`,
    onDay: (day: string, time: string) => `au ${day} à ${time}`,
    identifier: {
      title: 'Connexion par e-CPS',
      lead: 'Gardez votre téléphone à portée de main : la demande y arrive aussitôt.',
      label: 'Identifiant e-CPS',
      hint: 'Votre numéro RPPS : 11 chiffres, avec ou sans le 8 devant. Une e-CPS encore à votre numéro ADELI se reconnaît à ses 9 caractères.',
      submit: 'Se connecter avec ma e-CPS',
      errors: {
        empty: 'Tapez votre identifiant.',
        shape: 'Ce n’est ni un numéro RPPS (11 chiffres) ni un numéro ADELI (9 caractères). Comptez-les.',
        check_digit:
          'Un chiffre ne va pas avec les autres. Relisez le numéro sur votre carte ou dans votre e-CPS.',
      },
    },
    waiting: {
      title: 'Répondez sur votre téléphone',
      lead: 'Ouvrez l’application e-CPS et choisissez-y ce nombre, puis tapez votre mot de passe.',
      left: (duration: string) => `Encore ${duration}. La page continue d’elle-même.`,
      identifier: 'Identifiant',
      nothing:
        'Rien ne s’affiche ? Vérifiez que le téléphone a du réseau, que l’application est ouverte et que l’identifiant est le bon.',
      correct: 'Corriger l’identifiant',
    },
    ended: {
      refused: {
        title: 'Vous avez refusé la demande',
        body: 'La connexion n’a pas eu lieu. Si c’était par erreur, réessayez.',
      },
      not_me: {
        title: 'Vous avez répondu « Ce n’est pas moi »',
        body: 'La connexion n’a pas eu lieu, et ce navigateur ne peut plus rien demander à cette e-CPS pendant une heure. Si c’était bien vous, entrez avec votre carte.',
      },
      wrong_number: {
        title: 'Le nombre choisi n’était pas le bon',
        body: 'Le nombre choisi sur le téléphone n’est pas celui que cette page montrait : la demande s’est arrêtée. Réessayez, puis comparez le nouveau nombre.',
      },
      expired: {
        title: 'La demande est restée sans réponse',
        body: 'Deux minutes sont passées. Ouvrez l’application e-CPS, vérifiez que le téléphone a du réseau, puis réessayez. Si rien ne s’y affiche, relisez l’identifiant.',
      },
      superseded: {
        title: 'Une demande plus récente a remplacé celle-ci',
        body: 'Elle vient de ce navigateur : continuez dans l’autre onglet, ou réessayez ici.',
      },
      cancelled: {
        title: 'Cette demande est abandonnée',
        body: 'Vous avez choisi de faire autrement. Elle ne s’affiche plus sur votre téléphone.',
      },
    },
    refused: {
      expired: {
        title: 'Votre e-CPS est arrivée à son terme',
        what: 'Une e-CPS vaut trois ans, et celle-ci ne peut plus servir.',
        now: 'Activez-en une nouvelle, ou entrez avec votre carte.',
      },
      frozen: {
        title: 'Votre e-CPS est suspendue',
        body: 'Quelqu’un a répondu « Ce n’est pas moi » à un message de l’e-CPS. Entrez avec votre carte : elle permet aussi de débloquer l’e-CPS. Ou activez-en une nouvelle.',
      },
      locked: {
        title: (until: string) => `Votre e-CPS est bloquée jusqu’${until}`,
        body: 'Le mot de passe a été faux trop de fois. Elle se débloque d’elle-même ; en attendant, entrez avec votre carte.',
      },
      blocked: {
        title: (until: string) => `Ce navigateur ne peut rien demander jusqu’${until}`,
        body: '« Ce n’est pas moi » a répondu à sa dernière demande. En attendant, entrez avec votre carte.',
      },
      limited: {
        title: (until: string) => `Trop de demandes pour cette e-CPS : attendez jusqu’${until}`,
        body: 'Des demandes attendent déjà sur le téléphone, ou sont restées sans réponse. Ouvrez l’application e-CPS pour y répondre, ou entrez avec votre carte.',
      },
    },
    thaw: {
      title: 'Votre e-CPS est suspendue',
      lead: 'Quelqu’un a répondu « Ce n’est pas moi » à un message de l’e-CPS. Vous venez d’entrer avec votre carte : vous pouvez la débloquer.',
      advice:
        'Débloquez-la si c’est vous qui avez le téléphone où elle est active. Dans le doute, laissez-la suspendue et activez-en une nouvelle : elle la remplace.',
      submit: 'Débloquer mon e-CPS',
      skip: 'Continuer sans la débloquer',
    },
    activation: {
      title: 'Activer une e-CPS',
      lead: 'L’e-CPS est une application sur votre téléphone. Elle remplace la carte et son lecteur. L’activation prend cinq minutes.',
      scan: 'Scannez ce code avec votre téléphone, ou ouvrez-y cette adresse :',
      picture: 'QR code de l’adresse de l’application e-CPS',
      needed: 'Ce qu’il vous faut',
      items: {
        phone: { label: 'Téléphone', value: 'avec un navigateur à jour' },
        number: { label: 'Numéro RPPS', value: '11 chiffres' },
        contacts: {
          label: 'E-mail et mobile',
          value: 'ceux que l’annuaire connaît de vous : un message puis un code y arrivent',
        },
        password: { label: 'Mot de passe', value: '8 caractères ou plus, à retenir' },
      },
      back: 'Revenir à la connexion',
    },
  },
  en: {
    card: 'CPS card',
    ecps: 'e-CPS',
    retry: 'Try again',
    otherMeans: 'Another means',
    activate: 'Request the activation of the e-CPS',
    notYet: 'I do not have an e-CPS yet',
    forgotten: 'Forgotten password',
    unknownDevice: 'an unknown browser',
    atTime: (time: string) => time,
    onDay: (day: string, time: string) => `${day} at ${time}`,
    identifier: {
      title: 'Sign in with your e-CPS',
      lead: 'Keep your phone at hand: the request arrives there at once.',
      label: 'e-CPS identifier',
      hint: 'Your RPPS number: 11 digits, with or without the 8 before it. An e-CPS still under your ADELI number is known by its 9 characters.',
      submit: 'Sign in with my e-CPS',
      errors: {
        empty: 'Type your identifier.',
        shape: 'This is neither an RPPS number (11 digits) nor an ADELI number (9 characters). Count them.',
        check_digit:
          'One digit does not go with the others. Read the number again on your card or in your e-CPS.',
      },
    },
    waiting: {
      title: 'Answer on your phone',
      lead: 'Open the e-CPS app and choose this number there, then type your password.',
      left: (duration: string) => `${duration} left. The page goes on by itself.`,
      identifier: 'Identifier',
      nothing:
        'Nothing appears? Check that the phone is connected, that the app is open and that the identifier is right.',
      correct: 'Correct the identifier',
    },
    ended: {
      refused: {
        title: 'You refused the request',
        body: 'The sign-in did not take place. If that was a mistake, try again.',
      },
      not_me: {
        title: 'You answered “This is not me”',
        body: 'The sign-in did not take place, and this browser can ask nothing of this e-CPS for an hour. If it was you, sign in with your card.',
      },
      wrong_number: {
        title: 'The number that was chosen was not the right one',
        body: 'The number chosen on the phone is not the one that this page showed: the request has ended. Try again, then compare the new number.',
      },
      expired: {
        title: 'The request was not answered',
        body: 'Two minutes have passed. Open the e-CPS app, check that the phone is connected, then try again. If nothing appears there, read the identifier again.',
      },
      superseded: {
        title: 'A newer request has replaced this one',
        body: 'It comes from this browser: go on in the other tab, or try again here.',
      },
      cancelled: {
        title: 'This request was given up',
        body: 'You chose to do otherwise. It is no longer shown on your phone.',
      },
    },
    refused: {
      expired: {
        title: 'Your e-CPS has reached its end',
        what: 'An e-CPS is good for three years, and this one can no longer be used.',
        now: 'Activate a new one, or sign in with your card.',
      },
      frozen: {
        title: 'Your e-CPS is suspended',
        body: 'Somebody answered “This is not me” to a message about the e-CPS. Sign in with your card: it can unblock the e-CPS too. Or activate a new one.',
      },
      locked: {
        title: (until: string) => `Your e-CPS is locked until ${until}`,
        body: 'The password was wrong too many times. It unlocks by itself; meanwhile sign in with your card.',
      },
      blocked: {
        title: (until: string) => `This browser can ask nothing until ${until}`,
        body: '“This is not me” was the answer to its last request. Meanwhile sign in with your card.',
      },
      limited: {
        title: (until: string) => `Too many requests for this e-CPS: wait until ${until}`,
        body: 'Requests are waiting on the phone already, or went unanswered. Open the e-CPS app to answer them, or sign in with your card.',
      },
    },
    thaw: {
      title: 'Your e-CPS is suspended',
      lead: 'Somebody answered “This is not me” to a message about the e-CPS. You have just signed in with your card: you can unblock it.',
      advice:
        'Unblock it if you have the phone on which it is active. In doubt leave it suspended and activate a new one: it replaces it.',
      submit: 'Unblock my e-CPS',
      skip: 'Continue without unblocking it',
    },
    activation: {
      title: 'Activate an e-CPS',
      lead: 'The e-CPS is an app on your phone. It replaces the card and its reader. Activating it takes five minutes.',
      scan: 'Scan this code with your phone, or open this address there:',
      picture: 'QR code of the address of the e-CPS app',
      needed: 'What you need',
      items: {
        phone: { label: 'Phone', value: 'with an up-to-date browser' },
        number: { label: 'RPPS number', value: '11 digits' },
        contacts: {
          label: 'E-mail and mobile',
          value: 'those that the directory knows of you: a message, then a code, arrive there',
        },
        password: { label: 'Password', value: '8 characters or more, to remember' },
      },
      back: 'Back to the sign-in',
    },
  },
});
