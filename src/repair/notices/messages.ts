import { defineMessages } from '#platform/html/messages.ts';

export const noticeMessages = defineMessages({
  fr: {
    sender: 'Connexion des professionnels',
    footer: 'Message automatique. Personne ne vous demandera jamais votre mot de passe, ni un code reçu.',
    subject: 'Une e-CPS est demandée avec votre numéro ADELI',
    body: 'La carte qui porte ce numéro ADELI vient de demander une e-CPS à votre numéro RPPS : la table de correspondance relie ces deux numéros. Si c’est vous, vous n’avez rien à faire.',
    labels: { adeli: 'Numéro ADELI', rpps: 'Numéro RPPS', at: 'Le' },
    instant: (date: string, time: string) => `${date} à ${time} (heure de Paris)`,
    alarm: 'Ce n’est pas votre carte ? Bloquez cette demande, et dites-le à votre Ordre.',
    notMe: "Ce n'est pas moi",
    sms: 'La carte de votre ancien numéro ADELI demande une e-CPS à votre numéro RPPS. Ce n’est pas vous ?',
  },
  en: {
    sender: 'Sign-in for professionals',
    footer: 'Automatic message. Nobody will ever ask you for your password, nor for a code.',
    subject: 'An e-CPS is requested with your ADELI number',
    body: 'The card that carries this ADELI number has just requested an e-CPS under your RPPS number: the correspondence table links these two numbers. If this is you, there is nothing to do.',
    labels: { adeli: 'ADELI number', rpps: 'RPPS number', at: 'On' },
    instant: (date: string, time: string) => `${date} at ${time} (Paris time)`,
    alarm: 'This is not your card? Block this request, and tell your Order.',
    notMe: 'This was not me',
    sms: 'The card of your former ADELI number requests an e-CPS under your RPPS number. This was not you?',
  },
});
