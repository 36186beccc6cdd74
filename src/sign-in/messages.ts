import { defineMessages } from '#platform/html/messages.ts';

export const messages = defineMessages({
  fr: {
    service: 'Vous allez vous connecter à',
    choose: {
      title: 'Comment voulez-vous vous connecter ?',
      lead: 'Choisissez ce que vous avez sous la main.',
      card: 'Carte CPS',
      cardLine: 'Votre carte, un lecteur et son code à 4 chiffres.',
      ecps: 'e-CPS',
      ecpsLine: 'L’application sur votre téléphone.',
      lastUsed: (line: string) => `${line} Dernier moyen utilisé ici.`,
    },
    cardFailed: {
      title: "Votre carte n'a pas été reconnue",
      failures: {
        no_certificate: {
          what: 'Aucune carte n’a été lue.',
          now: 'Insérez votre carte dans le lecteur, attendez deux secondes, puis réessayez. Si votre navigateur demande un certificat, choisissez celui de votre carte.',
        },
        unknown_issuer: {
          what: 'Cette carte n’est pas une carte de professionnel de santé que nous connaissons.',
          now: 'Retirez-la, insérez votre carte CPS, puis réessayez.',
        },
        not_yet_valid: {
          what: 'Cette carte n’est pas encore valable.',
          now: 'Utilisez votre carte précédente, ou attendez le jour indiqué dans le courrier qui accompagne la nouvelle.',
        },
        expired: {
          what: 'Cette carte est arrivée à son terme.',
          now: 'Si la nouvelle est déjà arrivée, insérez-la puis réessayez.',
        },
        revoked: {
          what: 'Cette carte est en opposition : elle a été déclarée perdue, volée ou remplacée.',
          now: 'Si vous en avez une autre, insérez-la puis réessayez.',
        },
        wrong_usage: {
          what: 'Le certificat présenté sert à signer, pas à se connecter.',
          now: 'Réessayez et choisissez le certificat d’authentification de votre carte.',
        },
        revocation_unknown: {
          what: 'Nous n’avons pas pu vérifier que votre carte est toujours valable. Cela ne vient pas de vous.',
          now: 'Réessayez dans quelques minutes.',
        },
      },
      renewal: {
        title: 'Qui renouvelle la carte ?',
        body: 'L’Agence du numérique en santé envoie une nouvelle carte avant la fin de la précédente, à l’adresse connue de votre Ordre ou de votre employeur. Si elle n’est pas arrivée, demandez-leur où en est son renouvellement.',
      },
      activation: 'En attendant, une e-CPS sur votre téléphone remplace la carte.',
      retry: 'Réessayer',
    },
    back: 'Revenir au service',
    expired: {
      title: 'Cette demande de connexion a expiré',
      body: 'La page est restée ouverte trop longtemps, ou la connexion s’est terminée dans un autre onglet. Rien n’est perdu.',
      next: 'Retournez au service où vous vouliez aller et choisissez de nouveau de vous connecter.',
      goTo: (name: string) => `Aller à ${name}`,
    },
  },
  en: {
    service: 'You are about to sign in to',
    choose: {
      title: 'How do you want to sign in?',
      lead: 'Choose what you have at hand.',
      card: 'CPS card',
      cardLine: 'Your card, a reader and its 4-digit code.',
      ecps: 'e-CPS',
      ecpsLine: 'The app on your phone.',
      lastUsed: (line: string) => `${line} Last used here.`,
    },
    cardFailed: {
      title: 'Your card was not recognised',
      failures: {
        no_certificate: {
          what: 'No card was read.',
          now: 'Put your card into the reader, wait two seconds, then try again. If your browser asks for a certificate, choose the one of your card.',
        },
        unknown_issuer: {
          what: 'This is not a health professional card that we know.',
          now: 'Take it out, put in your CPS card, then try again.',
        },
        not_yet_valid: {
          what: 'This card is not valid yet.',
          now: 'Use your former card, or wait for the day that the letter with the new one tells.',
        },
        expired: {
          what: 'This card has reached its end.',
          now: 'If the new one has arrived, put it in, then try again.',
        },
        revoked: {
          what: 'This card is blocked: it was reported lost, stolen or replaced.',
          now: 'If you have another one, put it in, then try again.',
        },
        wrong_usage: {
          what: 'The certificate that was presented is for signing documents, not for signing in.',
          now: 'Try again and choose the authentication certificate of your card.',
        },
        revocation_unknown: {
          what: 'We could not verify that your card is still valid. This is not your doing.',
          now: 'Try again in a few minutes.',
        },
      },
      renewal: {
        title: 'Who renews the card?',
        body: 'The Agence du numérique en santé sends a new card before the end of the former one, to the address that your Order or your employer knows. If it has not arrived, ask them about its renewal.',
      },
      activation: 'Meanwhile an e-CPS on your phone replaces the card.',
      retry: 'Try again',
    },
    back: 'Back to the service',
    expired: {
      title: 'This sign-in request has expired',
      body: 'The page stayed open for too long, or the sign-in ended in another tab. Nothing is lost.',
      next: 'Go back to the service that you wanted and choose to sign in again.',
      goTo: (name: string) => `Go to ${name}`,
    },
  },
});
