import { defineMessages } from '#platform/html/messages.ts';

export const readerMessages = defineMessages({
  fr: {
    whichCard: 'Quelle carte mettez-vous dans le lecteur ?',
    persons: 'Personnes',
    insertCardOf: (name: string) => `Insérer la carte de ${name}`,
    inserted: 'Votre carte est dans le lecteur',
    holder: 'Titulaire',
    profession: 'Profession',
    professions: {
      nurse: { F: 'Infirmière', M: 'Infirmier' },
      doctor: { F: 'Médecin', M: 'Médecin' },
      pharmacist: { F: 'Pharmacienne', M: 'Pharmacien' },
      midwife: { F: 'Sage-femme', M: 'Sage-femme' },
    },
    number: 'Numéro',
    validUntil: 'Valable jusqu’au',
    pin: 'Code porteur',
    pinHint: 'Quatre chiffres. Dans le bac à sable : 1234.',
    verify: 'Valider',
    wrongPin: (left: number) =>
      left === 1
        ? 'Ce code n’est pas le bon. Il vous reste 1 essai.'
        : `Ce code n’est pas le bon. Il vous reste ${left} essais.`,
    noPin: 'Tapez votre code porteur.',
    blocked: 'Cette carte est bloquée',
    blockedHelp:
      'Trois codes faux l’ont bloquée. « Tout remettre à zéro », sur la page d’accueil du bac à sable, la débloque.',
    remove: 'Retirer sa carte',
    ownReader: 'Utiliser mon lecteur',
  },
  en: {
    whichCard: 'Which card do you put into the reader?',
    persons: 'People',
    insertCardOf: (name: string) => `Insert the card of ${name}`,
    inserted: 'Your card is in the reader',
    holder: 'Holder',
    profession: 'Profession',
    professions: {
      nurse: { F: 'Nurse', M: 'Nurse' },
      doctor: { F: 'Doctor', M: 'Doctor' },
      pharmacist: { F: 'Pharmacist', M: 'Pharmacist' },
      midwife: { F: 'Midwife', M: 'Midwife' },
    },
    number: 'Number',
    validUntil: 'Valid until',
    pin: 'PIN',
    pinHint: 'Four digits. In the sandbox: 1234.',
    verify: 'Confirm',
    wrongPin: (left: number) =>
      left === 1
        ? 'This PIN is not right. You have 1 try left.'
        : `This PIN is not right. You have ${left} tries left.`,
    noPin: 'Type your PIN.',
    blocked: 'This card is blocked',
    blockedHelp:
      'Three wrong PINs have blocked it. “Reset everything”, on the sandbox home page, unblocks it.',
    remove: 'Remove the card',
    ownReader: 'Use my own reader',
  },
});

export type ReaderTexts = ReturnType<typeof readerMessages>;
