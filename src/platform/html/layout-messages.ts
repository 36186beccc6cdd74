import { defineMessages } from './messages.ts';

export const layoutMessages = defineMessages({
  fr: {
    skip: 'Aller au contenu',
    inError: 'Erreur : ',
    language: 'Langue',
    signOut: 'Déconnexion',
    sandbox: 'Bac à sable',
    sandboxNotice: 'Rien n’est vrai ici : personnes, numéros, messages.',
    footer: 'Hygie, logiciel libre pour les professionnels de santé.',
    rpps: 'Numéro RPPS',
    adeli: 'Numéro ADELI',
    otherId: 'Identifiant',
    chain: { sound: 'lien établi', cut: 'lien rompu' },
  },
  en: {
    skip: 'Skip to content',
    inError: 'Error: ',
    language: 'Language',
    signOut: 'Sign out',
    sandbox: 'Sandbox',
    sandboxNotice: 'Nothing here is real: people, numbers, messages.',
    footer: 'Hygie, free software for health professionals.',
    rpps: 'RPPS number',
    adeli: 'ADELI number',
    otherId: 'Identifier',
    chain: { sound: 'link established', cut: 'link broken' },
  },
});
