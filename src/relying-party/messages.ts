import { defineMessages } from '#platform/html/messages.ts';

export const messages = defineMessages({
  fr: {
    failures: {
      lost: {
        title: 'Cette connexion n’est plus valable',
        text: 'Elle a déjà servi, elle a trop attendu, ou elle a commencé dans un autre navigateur. Rien n’est perdu : reprenez-la d’ici.',
      },
      denied: {
        title: 'La connexion n’a pas eu lieu',
        text: 'La demande a été abandonnée ou refusée avant la fin. Vous pouvez recommencer quand vous voulez.',
      },
      unreachable: {
        title: 'Le service de connexion ne répond pas',
        text: 'Ce n’est pas de votre fait. Attendez une minute, puis réessayez.',
      },
      refused: {
        title: 'Le service de connexion a refusé la demande',
        text: 'Réessayez une fois. Si cela se répète, donnez cette référence à l’assistance.',
      },
      invalid: {
        title: 'La réponse du service de connexion n’a pas pu être vérifiée',
        text: 'Par prudence, rien n’a été ouvert. Réessayez ; si cela se répète, donnez cette référence à l’assistance.',
      },
      stranger: {
        title: 'Ce lien de connexion ne vient pas du bon service',
        text: 'Il désigne un service de connexion que ce site ne connaît pas. Connectez-vous directement d’ici.',
      },
    },
    signedOut: {
      title: 'Votre session est fermée',
      text: 'Si vous avez utilisé une carte, retirez-la du lecteur avant de quitter ce poste.',
    },
    signedOutHere: {
      title: 'Votre session est fermée sur ce site',
      text: 'Le service de connexion ne répond pas : il se peut qu’il vous reconnaisse encore. Fermez toutes les fenêtres du navigateur avant de quitter ce poste.',
    },
    signIn: 'Connexion',
    retry: 'Réessayer',
    home: 'Revenir à l’accueil',
    reference: 'Référence',
  },
  en: {
    failures: {
      lost: {
        title: 'This sign-in is no longer valid',
        text: 'It has been used already, it waited too long, or it began in another browser. Nothing is lost: start again from here.',
      },
      denied: {
        title: 'The sign-in did not take place',
        text: 'The request was given up or refused before its end. You can start again whenever you like.',
      },
      unreachable: {
        title: 'The sign-in service does not answer',
        text: 'This is not your doing. Wait a minute, then try again.',
      },
      refused: {
        title: 'The sign-in service refused the request',
        text: 'Try again once. If it happens again, give this reference to support.',
      },
      invalid: {
        title: 'The answer of the sign-in service could not be verified',
        text: 'To be safe, nothing was opened. Try again; if it happens again, give this reference to support.',
      },
      stranger: {
        title: 'This sign-in link does not come from the right service',
        text: 'It names a sign-in service that this site does not know. Sign in directly from here.',
      },
    },
    signedOut: {
      title: 'Your session is closed',
      text: 'If you used a card, take it out of the reader before you leave this computer.',
    },
    signedOutHere: {
      title: 'Your session is closed on this site',
      text: 'The sign-in service does not answer: it may still recognise you. Close all browser windows before you leave this computer.',
    },
    signIn: 'Sign in',
    retry: 'Try again',
    home: 'Back to the home page',
    reference: 'Reference',
  },
});
