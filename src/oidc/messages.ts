import { defineMessages } from '#platform/html/messages.ts';

export const messages = defineMessages({
  fr: {
    error: {
      title: 'La connexion ne peut pas commencer',
      body: 'Le service d’où vous venez a envoyé une demande que nous ne pouvons pas suivre. Vous n’avez rien fait de mal.',
      next: 'Retournez à ce service et recommencez. Si cela se répète, donnez-lui les indications ci-dessous.',
      code: 'Code',
      detail: 'Précision',
    },
    expired: {
      title: 'Cette demande de connexion a expiré',
      body: 'La page est restée ouverte trop longtemps, ou la connexion s’est terminée ailleurs.',
      next: 'Retournez au service où vous vouliez aller et choisissez de nouveau de vous connecter.',
    },
    goTo: (name: string) => `Aller à ${name}`,
    refused: {
      title: 'Cette page demande une connexion',
      body: 'Cette page a besoin de savoir qui vous êtes.',
      again: 'Me connecter',
    },
    signOut: {
      title: 'Vous déconnecter ?',
      body: (service: string) =>
        `${service} demande à vous déconnecter. Votre session se ferme pour tous les services où elle est ouverte.`,
      bodyWithoutService: 'Votre session se ferme pour tous les services où elle est ouverte.',
      confirm: 'Déconnexion',
    },
    signedOut: {
      title: 'Votre session est fermée',
      body: 'Elle l’est sur tous les services. Pensez à retirer votre carte du lecteur.',
    },
    signOutRefused: {
      title: 'Cette demande de déconnexion n’est pas valable',
      body: 'L’adresse de retour n’est pas connue pour ce service. Votre session reste ouverte.',
    },
  },
  en: {
    error: {
      title: 'The sign-in cannot start',
      body: 'The service that brought you here sent a request that we cannot follow. You did nothing wrong.',
      next: 'Go back to that service and start again. If it happens again, give it the details below.',
      code: 'Code',
      detail: 'Detail',
    },
    expired: {
      title: 'This sign-in request has expired',
      body: 'The page stayed open for too long, or the sign-in ended elsewhere.',
      next: 'Go back to the service that you wanted and choose to sign in again.',
    },
    goTo: (name: string) => `Go to ${name}`,
    refused: {
      title: 'You are not signed in',
      body: 'This page needs to know who you are.',
      again: 'Sign in',
    },
    signOut: {
      title: 'Sign out?',
      body: (service: string) =>
        `${service} asks to sign you out. Your session closes for every service where it is open.`,
      bodyWithoutService: 'Your session closes for every service where it is open.',
      confirm: 'Sign out',
    },
    signedOut: {
      title: 'You are signed out',
      body: 'Your session is closed on every service. Remember to take your card out of the reader.',
    },
    signOutRefused: {
      title: 'This sign-out request is not valid',
      body: 'The return address is not known for this service. You stay signed in.',
    },
  },
});
