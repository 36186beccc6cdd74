import { type Html, html } from '#platform/html/html.ts';
import { defineMessages } from '#platform/html/messages.ts';

export const homeMessages = defineMessages({
  fr: {
    title: 'Bac à sable',
    who: '1. Qui êtes-vous ?',
    persons: 'Personnes',
    computer: '2. Sur l’ordinateur',
    chooseFirst:
      'Choisissez d’abord une personne : sa carte ira dans le lecteur de ce navigateur. Le code porteur de toutes les cartes est 1234.',
    cardInserted: {
      F: 'Sa carte est dans le lecteur ; son code porteur est 1234.',
      M: 'Sa carte est dans le lecteur ; son code porteur est 1234.',
    },
    cardOut: 'Sa carte n’est pas dans le lecteur. Le code porteur est 1234, pour toutes les cartes.',
    noCard: 'Cette personne n’a pas de carte.',
    insert: 'Insérer sa carte',
    remove: 'Retirer sa carte',
    openPortal: 'Ouvrir le portail',
    portalLine:
      'Dans un onglet. Avec la carte, le lecteur vous demandera le code porteur ; avec la e-CPS, son téléphone vous demandera de confirmer.',
    ownReader:
      'Pour votre propre lecteur, ou une carte en fichier : l’autorité ne vaut que pour cette machine (localhost), le mot de passe du fichier est 1234.',
    authority: 'Autorité de certification',
    cardFile: 'Sa carte en fichier (.p12)',
    phone: '3. Son téléphone',
    phoneFrame: 'Téléphone',
    phoneOff:
      'Le téléphone est éteint. L’application e-CPS s’y ouvre telle qu’elle est sur un vrai téléphone, avec la caméra de cet ordinateur.',
    phoneOf: (name: string) => `Le téléphone de ${name}.`,
    phoneOfNobody: 'Un téléphone neuf, à personne encore.',
    openPhone: 'Ouvrir son téléphone',
    openWindow: 'Ouvrir dans une fenêtre',
    openOnPhone: 'Ouvrir sur son téléphone',
    onScreen: {
      card: (name: string) => `À l’écran : le QR code de la carte de ${name}.`,
      mail: (name: string) => `À l’écran : le QR code de l’application, pour ${name}.`,
    },
    ecps: {
      none: (password: string) =>
        html`Pas encore de e-CPS. Comme mot de passe, choisissez par exemple <code>${password}</code>.`,
      active: (password: string) => html`Le mot de passe de la e-CPS est <code>${password}</code>.`,
      expired: (password: string) =>
        html`La e-CPS est expirée ; son mot de passe est <code>${password}</code>.`,
    },
    received: { F: 'Ce qu’elle reçoit', M: 'Ce qu’il reçoit' },
    mails: 'Mails',
    wholeMail: 'Voir le mail entier',
    sms: 'SMS',
    noMail: 'Aucun mail pour l’instant.',
    noSms: 'Aucun SMS pour l’instant.',
    to: (recipient: string | Html) => html`à ${recipient}`,
    events: 'Ce qui se passe',
    noEvent: 'Rien encore : ouvrez le portail.',
    advance: "Avancer l'horloge",
    advanceBy: 'De combien',
    realTime: 'horloge réelle',
    ahead: (duration: string) => `horloge en avance de ${duration}`,
    days: (days: number) => (days === 1 ? '1 jour' : `${days} jours`),
    reset: 'Tout remettre à zéro',
    durations: {
      '120000': '2 minutes',
      '600000': '10 minutes',
      '1800000': '30 minutes',
      '3600000': '1 heure',
      '86400000': '1 jour',
      '604800000': '1 semaine',
      '2592000000': '30 jours',
      '31536000000': '1 an',
    },
    links: { portal: 'Portail', directory: 'Annuaire (FHIR)', discovery: 'Intégrer un client' },
  },
  en: {
    title: 'Sandbox',
    who: '1. Who are you?',
    persons: 'People',
    computer: '2. On the computer',
    chooseFirst:
      'First choose a person: their card goes into this browser’s reader. The PIN of every card is 1234.',
    cardInserted: {
      F: 'Her card is in the reader; its PIN is 1234.',
      M: 'His card is in the reader; its PIN is 1234.',
    },
    cardOut: 'The card is not in the reader. The PIN is 1234, for every card.',
    noCard: 'This person has no card.',
    insert: 'Insert the card',
    remove: 'Remove the card',
    openPortal: 'Open the portal',
    portalLine:
      'In a tab. With the card, the reader will ask for the PIN; with the e-CPS, the phone will ask you to confirm.',
    ownReader:
      'For your own reader, or a card as a file: the authority only counts for this machine (localhost), the password of the file is 1234.',
    authority: 'Certificate authority',
    cardFile: 'The card as a file (.p12)',
    phone: '3. Their phone',
    phoneFrame: 'Phone',
    phoneOff:
      'The phone is off. The e-CPS app opens in it as it is on a real phone, with the camera of this computer.',
    phoneOf: (name: string) => `The phone of ${name}.`,
    phoneOfNobody: 'A new phone that is nobody’s yet.',
    openPhone: 'Open their phone',
    openWindow: 'Open in a window',
    openOnPhone: 'Open on their phone',
    onScreen: {
      card: (name: string) => `On the screen: the QR code of the card of ${name}.`,
      mail: (name: string) => `On the screen: the QR code of the app, for ${name}.`,
    },
    ecps: {
      none: (password: string) =>
        html`No e-CPS yet. As a password, choose <code>${password}</code> for instance.`,
      active: (password: string) => html`The password of the e-CPS is <code>${password}</code>.`,
      expired: (password: string) => html`The e-CPS has expired; its password is <code>${password}</code>.`,
    },
    received: { F: 'What she receives', M: 'What he receives' },
    mails: 'Mails',
    wholeMail: 'See the whole mail',
    sms: 'Text messages',
    noMail: 'No mail yet.',
    noSms: 'No text message yet.',
    to: (recipient: string | Html) => html`to ${recipient}`,
    events: 'What happens',
    noEvent: 'Nothing yet: open the portal.',
    advance: 'Advance the clock',
    advanceBy: 'By how much',
    realTime: 'real time',
    ahead: (duration: string) => `clock ahead by ${duration}`,
    days: (days: number) => (days === 1 ? '1 day' : `${days} days`),
    reset: 'Reset everything',
    durations: {
      '120000': '2 minutes',
      '600000': '10 minutes',
      '1800000': '30 minutes',
      '3600000': '1 hour',
      '86400000': '1 day',
      '604800000': '1 week',
      '2592000000': '30 days',
      '31536000000': '1 year',
    },
    links: { portal: 'Portal', directory: 'Directory (FHIR)', discovery: 'Connect a client' },
  },
});

export type HomeTexts = ReturnType<typeof homeMessages>;
