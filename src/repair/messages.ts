import { defineMessages } from '#platform/html/messages.ts';

export const repairMessages = defineMessages({
  fr: {
    title: 'Réparer ma connexion',
    colon: ' : ',
    known: 'Ce que l’annuaire sait',
    wayOut: 'Ce qu’il faut faire',
    letter: 'Un message tout prêt',
    letterHelp: 'Il ne contient que ce qui est affiché ici.',
    copy: 'Copier le message',
    copied: 'Le message est copié.',
    print: 'Imprimer cette page',
    backToService: 'Revenir au service',
    nothing: 'Rien n’est à réparer : votre identifiant, l’annuaire et vos lieux d’exercice s’accordent.',
    labels: {
      name: { card: 'Nom sur la carte', ecps: 'Nom sur l’e-CPS' },
      ecps: 'Votre e-CPS',
      rpps: 'Numéro RPPS',
      adeli: 'Numéro ADELI',
      identity: 'Identifiant',
      places: 'Lieux d’exercice',
      since: 'Absence constatée dans l’extrait du',
      source: 'Source',
      contact: 'À qui s’adresser',
    },
    ecps: {
      states: {
        none: 'pas encore activée',
        active: 'active, à votre numéro RPPS',
        expired: 'expirée',
        adeli: 'active, à votre numéro ADELI',
        frozen: 'suspendue',
        locked: 'bloquée pour un temps',
      },
    },
    source: (date: string) => `annuaire national, extrait du ${date}`,
    noSource: 'annuaire vide : aucun extrait n’est chargé',
    authority: {
      '10': 'l’Ordre des médecins (conseil-national.medecin.fr)',
      '21': 'l’Ordre des pharmaciens (ordre.pharmacien.fr)',
      '40': 'l’Ordre des chirurgiens-dentistes (ordre-chirurgiens-dentistes.fr)',
      '50': 'l’Ordre des sages-femmes (ordre-sages-femmes.fr)',
      '60': 'l’Ordre des infirmiers (ordre-infirmiers.fr)',
      '70': 'l’Ordre des masseurs-kinésithérapeutes (ordremk.fr)',
      '80': 'l’Ordre des pédicures-podologues (onpp.fr)',
      other: 'l’agence régionale de santé de votre région (ars.sante.fr)',
    },
    causes: {
      authenticator_expired: {
        lead: 'Votre moyen de connexion n’est plus valable.',
        steps: (authority: string) =>
          `Demandez son renouvellement ; en cas de doute, adressez-vous à ${authority}.`,
        ask: 'ma carte n’est plus valable. Pouvez-vous me dire où en est son renouvellement ?',
      },
      identity_mismatch: {
        lead: 'Votre numéro ADELI mène, dans la table de correspondance, à une fiche qui ne porte pas votre nom ou votre profession. Par prudence, rien de cette fiche n’est montré.',
        steps: (authority: string) =>
          `Une personne doit trancher : écrivez à ${authority} pour faire corriger la correspondance entre votre numéro ADELI et votre numéro RPPS.`,
        ask: 'mon numéro ADELI est relié au numéro RPPS d’une autre personne. Pouvez-vous corriger cette correspondance et me confirmer mon numéro RPPS ?',
      },
      record_inactive: {
        lead: 'L’annuaire ne vous compte plus parmi les professionnels en exercice. Il n’en donne pas la raison.',
        steps: (authority: string) =>
          `Demandez à ${authority} ce qui a été enregistré, et faites-le corriger si c’est une erreur.`,
        ask: 'ma fiche n’apparaît plus dans l’annuaire national. Pouvez-vous me dire ce qui a été enregistré, et le corriger s’il s’agit d’une erreur ?',
      },
      no_rpps: {
        lead: 'Vous avez un numéro ADELI, et aucun numéro RPPS ne lui correspond. Les lieux d’exercice sont rangés sous le numéro RPPS.',
        steps: (authority: string) =>
          `Inscrivez-vous auprès de ${authority}, ou demandez votre numéro si vous y êtes déjà : il vous faut une pièce d’identité, votre diplôme et votre adresse d’exercice.`,
        ask: 'j’ai un numéro ADELI et je n’ai pas de numéro RPPS. Quelles pièces faut-il pour m’inscrire, ou quel est mon numéro si je suis déjà au tableau ?',
      },
      ecps_under_adeli: {
        lead: 'Vos lieux d’exercice existent. Ils sont rangés sous votre numéro RPPS, et votre e-CPS est encore à votre ancien numéro ADELI.',
        steps: (authority: string) =>
          `Activez une e-CPS avec votre numéro RPPS ; en cas de difficulté, adressez-vous à ${authority}.`,
        ask: 'mon e-CPS est encore à mon ancien numéro ADELI et je ne parviens pas à en activer une avec mon numéro RPPS. Pouvez-vous m’aider ?',
      },
      legacy_adeli_identity: {
        lead: 'Vos lieux d’exercice existent. Ils sont rangés sous votre numéro RPPS, et votre carte porte encore votre ancien numéro ADELI.',
        steps: (authority: string) =>
          `Faites remplacer votre carte par une carte qui porte votre numéro RPPS : ${authority} enregistre la demande.`,
        ask: 'ma carte porte encore mon ancien numéro ADELI. Pouvez-vous demander son remplacement par une carte qui porte mon numéro RPPS ?',
      },
      no_contact_details: {
        lead: 'L’annuaire ne connaît ni votre adresse e-mail ni votre mobile.',
        steps: (authority: string) => `Donnez votre adresse e-mail et votre mobile à ${authority}.`,
        ask: 'mes coordonnées de correspondance manquent dans l’annuaire. Comment les enregistrer ?',
      },
      place_closed: {
        lead: 'Votre dernier lieu d’exercice n’est plus dans l’annuaire. L’annuaire n’en donne pas la raison.',
        steps: (authority: string) => `Déclarez votre lieu d’exercice actuel à ${authority}.`,
        ask: 'mon lieu d’exercice n’apparaît plus dans l’annuaire national. Comment déclarer mon lieu d’exercice actuel ?',
      },
      no_place_of_practice: {
        lead: 'L’annuaire vous connaît, mais aucun lieu d’exercice n’y est déclaré à votre numéro.',
        steps: (authority: string) =>
          `Déclarez votre lieu d’exercice à ${authority} ; si vous êtes sous contrat, c’est votre employeur qui le déclare.`,
        ask: 'aucun lieu d’exercice n’est déclaré à mon numéro dans l’annuaire national. Comment le déclarer ?',
      },
    },
    greeting: 'Bonjour,',
    sign: 'Merci de votre aide.',
  },
  en: {
    title: 'Repair my sign-in',
    colon: ': ',
    known: 'What the directory knows',
    wayOut: 'What to do',
    letter: 'A message ready to send',
    letterHelp: 'It holds nothing but what is shown here.',
    copy: 'Copy the message',
    copied: 'The message is copied.',
    print: 'Print this page',
    backToService: 'Back to the service',
    nothing: 'Nothing needs repair: your identifier, the directory and your places of practice agree.',
    labels: {
      name: { card: 'Name on the card', ecps: 'Name on the e-CPS' },
      ecps: 'Your e-CPS',
      rpps: 'RPPS number',
      adeli: 'ADELI number',
      identity: 'Identifier',
      places: 'Places of practice',
      since: 'Found missing in the extract of',
      source: 'Source',
      contact: 'Whom to ask',
    },
    ecps: {
      states: {
        none: 'not activated yet',
        active: 'active, under your RPPS number',
        expired: 'expired',
        adeli: 'active, under your ADELI number',
        frozen: 'suspended',
        locked: 'locked for a time',
      },
    },
    source: (date: string) => `national directory, extract of ${date}`,
    noSource: 'empty directory: no extract is loaded',
    authority: {
      '10': 'the Order of physicians (conseil-national.medecin.fr)',
      '21': 'the Order of pharmacists (ordre.pharmacien.fr)',
      '40': 'the Order of dentists (ordre-chirurgiens-dentistes.fr)',
      '50': 'the Order of midwives (ordre-sages-femmes.fr)',
      '60': 'the Order of nurses (ordre-infirmiers.fr)',
      '70': 'the Order of physiotherapists (ordremk.fr)',
      '80': 'the Order of podiatrists (onpp.fr)',
      other: 'the health agency of your region (ars.sante.fr)',
    },
    causes: {
      authenticator_expired: {
        lead: 'Your means of signing in is no longer valid.',
        steps: (authority: string) => `Ask for its renewal; if in doubt, turn to ${authority}.`,
        ask: 'my card is no longer valid. Can you tell me where its renewal stands?',
      },
      identity_mismatch: {
        lead: 'Your ADELI number leads, in the table of correspondence, to a record that does not carry your name or your profession. As a precaution nothing of that record is shown.',
        steps: (authority: string) =>
          `A person has to settle it: write to ${authority} to have the correspondence between your ADELI and RPPS numbers corrected.`,
        ask: 'my ADELI number is linked to the RPPS number of somebody else. Can you correct this correspondence and confirm my RPPS number?',
      },
      record_inactive: {
        lead: 'The directory no longer counts you among practising professionals. It does not say why.',
        steps: (authority: string) =>
          `Ask ${authority} what was recorded, and have it corrected if it is an error.`,
        ask: 'my record no longer appears in the national directory. Can you tell me what was recorded, and correct it if it is an error?',
      },
      no_rpps: {
        lead: 'You have an ADELI number, and no RPPS number corresponds to it. Places of practice are kept under the RPPS number.',
        steps: (authority: string) =>
          `Enrol with ${authority}, or ask for your number if you are enrolled: you need proof of identity, your diploma and the address where you practise.`,
        ask: 'I have an ADELI number and no RPPS number. Which documents do you need to enrol me, or what is my number if I am on the register?',
      },
      ecps_under_adeli: {
        lead: 'Your places of practice exist. They are kept under your RPPS number, and your e-CPS is still under your former ADELI number.',
        steps: (authority: string) =>
          `Activate an e-CPS with your RPPS number; if that does not succeed, turn to ${authority}.`,
        ask: 'my e-CPS is still under my former ADELI number and I cannot activate one with my RPPS number. Can you help me?',
      },
      legacy_adeli_identity: {
        lead: 'Your places of practice exist. They are kept under your RPPS number, and your card still carries your former ADELI number.',
        steps: (authority: string) =>
          `Have your card replaced by one that carries your RPPS number: ${authority} takes the request.`,
        ask: 'my card still carries my former ADELI number. Can you request its replacement by a card that carries my RPPS number?',
      },
      no_contact_details: {
        lead: 'The directory knows neither your e-mail address nor your mobile number.',
        steps: (authority: string) => `Give your e-mail address and mobile number to ${authority}.`,
        ask: 'my contact details are missing from the directory. How can I register them?',
      },
      place_closed: {
        lead: 'Your last place of practice is no longer in the directory. The directory does not say why.',
        steps: (authority: string) => `Declare your present place of practice to ${authority}.`,
        ask: 'my place of practice no longer appears in the national directory. How do I declare my present place of practice?',
      },
      no_place_of_practice: {
        lead: 'The directory knows you, but no place of practice is declared under your number.',
        steps: (authority: string) =>
          `Declare your place of practice to ${authority}; if you are employed, your employer declares it.`,
        ask: 'no place of practice is declared under my number in the national directory. How do I declare it?',
      },
    },
    greeting: 'Hello,',
    sign: 'Thank you for your help.',
  },
});

export type RepairMessages = ReturnType<typeof repairMessages>;
