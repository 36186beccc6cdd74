import { defineMessages } from '#platform/html/messages.ts';

export const bridgingMessages = defineMessages({
  fr: {
    sender: 'Connexion des professionnels',
    footer: 'Message automatique. Personne ne vous demandera jamais votre mot de passe, ni un code reçu.',
    subject: 'Connexion avec votre ancien numéro ADELI',
    body: 'Quelqu’un vient de se connecter avec ce numéro ADELI, et le service l’a reçu sous votre numéro RPPS : la table de correspondance relie ces deux numéros. Si c’est vous, vous n’avez rien à faire.',
    labels: { service: 'Service', adeli: 'Numéro ADELI', rpps: 'Numéro RPPS', at: 'Le' },
    instant: (date: string, time: string) => `${date} à ${time} (heure de Paris)`,
    alarm:
      'Ce n’est pas vous ? Dites-le à votre Ordre et à ce service. Si votre carte est perdue ou volée, faites-la révoquer.',
    sms: 'Connexion avec votre ancien numéro ADELI, reçue sous votre numéro RPPS. Ce n’est pas vous ? Dites-le à votre Ordre.',
  },
  en: {
    sender: 'Sign-in for professionals',
    footer: 'Automatic message. Nobody will ever ask you for your password, nor for a code.',
    subject: 'Sign-in with your former ADELI number',
    body: 'Somebody has just signed in with this ADELI number, and the service received them under your RPPS number: the correspondence table links these two numbers. If this is you, there is nothing to do.',
    labels: { service: 'Service', adeli: 'ADELI number', rpps: 'RPPS number', at: 'On' },
    instant: (date: string, time: string) => `${date} at ${time} (Paris time)`,
    alarm:
      'This was not you? Tell your Order and that service. If your card is lost or stolen, have it revoked.',
    sms: 'Sign-in with your former ADELI number, received under your RPPS number. This was not you? Tell your Order.',
  },
});
