import { defineMessages } from '#platform/html/messages.ts';

/** Of the review of contact details. */
export const requestMessages = defineMessages({
  fr: {
    queue: {
      title: 'File des coordonnées',
      lead: 'Les changements demandés par des personnes sans carte, du plus ancien au plus récent.',
      open: (count: number) =>
        count === 0
          ? 'Aucune demande n’attend.'
          : count === 1
            ? 'Une demande attend une décision.'
            : `${count} demandes attendent une décision.`,
      link: 'Ouvrir la file',
      back: 'File des coordonnées',
      decided: 'Dernières décisions',
    },
    request: {
      title: (reference: string) => `Demande ${reference}`,
      anybody: 'N’importe qui peut faire une demande au nom de n’importe qui.',
      makeSure:
        'Avant d’accepter, joignez la personne par un moyen que vous connaissez déjà, et faites-lui lire la référence.',
      others: (count: number) =>
        count === 1
          ? 'Une autre demande est ouverte au même numéro.'
          : `${count} autres demandes sont ouvertes au même numéro.`,
      holder: 'À ce numéro dans l’annuaire',
      nobody: 'Personne d’actif',
      name: 'Nom',
      number: 'Numéro RPPS',
      profession: 'Profession',
      places: 'Lieux',
      asked: 'Demandé',
      none: 'rien de connu',
      details: 'Coordonnées',
      newEmail: 'Adresse demandée',
      newPhone: 'Mobile demandé',
      knownEmail: 'Adresse connue',
      knownPhone: 'Mobile connu',
      history: 'Historique des coordonnées',
      grounds: {
        card: 'Par sa carte CPS',
        ecps: 'Par son e-CPS et les deux codes',
        order: 'Par une demande acceptée',
        file: 'Par un fichier',
        activation: 'Vérifiées par une activation',
        dispute: 'Retirées : « Ce n’est pas moi »',
      },
      decide: 'Votre décision',
      acceptNote:
        'Les nouvelles coordonnées comptent aussitôt ; l’ancienne adresse et la nouvelle en sont averties.',
      cannotAccept: 'Personne d’actif n’a ce numéro : la demande ne peut qu’être refusée.',
      accept: 'Accepter ces coordonnées',
      refuse: 'Refuser la demande',
      reason: 'Motif du refus',
      reasonHint: 'Gardé dans les traces. Le mail à qui a demandé ne dit rien de la personne.',
      reasons: {
        not_verified: 'La personne n’a pas pu être vérifiée',
        not_asked: 'La personne dit n’avoir rien demandé',
        no_record: 'Le numéro n’est celui de personne',
        wrong_details: 'L’adresse ou le mobile ne convient pas',
      },
      late: {
        title: 'Cette demande est déjà décidée.',
        body: 'Votre décision est arrivée après celle-ci et n’a rien changé.',
      },
      told: { accepted: 'Les coordonnées sont enregistrées.', refused: 'La demande est refusée.' },
      decision: 'Décision',
      decisions: { accepted: 'acceptée', refused: 'refusée' },
      by: 'Par',
      you: 'vous',
      commandLine: 'la ligne de commande',
      at: 'Le',
    },
  },
  en: {
    queue: {
      title: 'Queue of contact details',
      lead: 'The changes that people without a card have asked for, oldest first.',
      open: (count) =>
        count === 0
          ? 'No request waits.'
          : count === 1
            ? 'One request waits for a decision.'
            : `${count} requests wait for a decision.`,
      link: 'Open the queue',
      back: 'Queue of contact details',
      decided: 'Last decisions',
    },
    request: {
      title: (reference) => `Request ${reference}`,
      anybody: 'Anybody can send a request in anybody’s name.',
      makeSure:
        'Before you accept, reach the person by a way that you already know, and let them read the reference to you.',
      others: (count) =>
        count === 1
          ? 'Another request is open under the same number.'
          : `${count} other requests are open under the same number.`,
      holder: 'Under this number in the directory',
      nobody: 'Nobody active',
      name: 'Name',
      number: 'RPPS number',
      profession: 'Profession',
      places: 'Places',
      asked: 'Asked',
      none: 'nothing known',
      details: 'Contact details',
      newEmail: 'Address asked for',
      newPhone: 'Mobile asked for',
      knownEmail: 'Address known',
      knownPhone: 'Mobile known',
      history: 'History of the contact details',
      grounds: {
        card: 'By their CPS card',
        ecps: 'By their e-CPS and both codes',
        order: 'By a request that was accepted',
        file: 'By a file',
        activation: 'Verified by an activation',
        dispute: 'Withdrawn: “This was not me”',
      },
      decide: 'Your decision',
      acceptNote: 'The new details count at once; the old address and the new one are told.',
      cannotAccept: 'Nobody active has this number: the request can only be refused.',
      accept: 'Accept these details',
      refuse: 'Refuse the request',
      reason: 'Reason of the refusal',
      reasonHint: 'Kept in the trail. The mail to whoever asked tells nothing of the person.',
      reasons: {
        not_verified: 'The person could not be verified',
        not_asked: 'The person says that they asked for nothing',
        no_record: 'The number is nobody’s',
        wrong_details: 'The address or mobile will not do',
      },
      late: {
        title: 'This request has been decided already.',
        body: 'Your decision came after this one and changed nothing.',
      },
      told: { accepted: 'The contact details are saved.', refused: 'The request is refused.' },
      decision: 'Decision',
      decisions: { accepted: 'accepted', refused: 'refused' },
      by: 'By',
      you: 'you',
      commandLine: 'the command line',
      at: 'On',
    },
  },
});
