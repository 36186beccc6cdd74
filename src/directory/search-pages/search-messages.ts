import { defineMessages } from '#platform/html/messages.ts';

export const searchMessages = defineMessages({
  fr: {
    title: 'Trouver un professionnel de santé',
    again: 'Nouvelle recherche',
    familyName: 'Nom de famille',
    familyNameHint: 'Ou son début ; les accents ne comptent pas.',
    town: 'Ville',
    townHint: 'Celle où la personne exerce, en entier.',
    profession: 'Profession',
    mode: 'Mode d’exercice',
    any: 'Peu importe',
    modes: {
      L: 'Libéral',
      S: 'Salarié',
      B: 'Bénévole',
      I: 'Par une société',
    },
    submit: 'Chercher',
    results: 'Résultats de la recherche',
    nothingAsked: 'Indiquez au moins un nom, une ville ou une profession.',
    none: 'Personne ne correspond. Essayez le début du nom, une autre ville, ou moins de critères.',
    others: {
      title: 'Ces recherches trouvent quelqu’un',
      town: (town: string) => `À ${town}`,
      without: {
        nom: 'Tous les noms',
        ville: 'Dans toutes les villes',
        profession: 'Toutes les professions',
        mode: 'Tous les modes d’exercice',
      },
    },
    found: (count: number) => (count > 1 ? `${count} personnes correspondent.` : 'Une personne correspond.'),
    many: (count: number) =>
      `Plus de ${count} personnes correspondent : ajoutez un nom, une ville ou une profession pour raccourcir la liste.`,
    goingOn: 'Suite de la liste.',
    instead: (names: string) => `Personne ne porte ce nom exactement. Voici des noms proches : ${names}.`,
    more: 'Voir la suite',
    places: (count: number) => (count > 1 ? `${count} lieux d’exercice` : '1 lieu d’exercice'),
    noPlace: 'Aucun lieu d’exercice connu',
    noPlaceHelp:
      'Cette personne est inscrite, mais l’annuaire ne lui connaît aucun lieu : un remplacement, par exemple, ou un lieu qui n’est pas encore déclaré.',
    ended: {
      title: 'Cette fiche n’est plus active',
      since: (date: string) =>
        `Depuis l’extraction nationale du ${date}, cette personne n’est plus parmi les professionnels en activité. L’annuaire ne dit pas pourquoi.`,
      undated:
        'Cette personne n’est plus parmi les professionnels en activité. L’annuaire ne dit pas pourquoi.',
    },
    unnamed: 'Lieu d’exercice',
    rpps: 'Numéro RPPS',
    expertise: 'Savoir-faire',
    phone: 'Téléphone',
    role: 'Fonction',
    tradeName: 'Enseigne',
    source: (date: string) => `D’après l’extraction nationale du ${date}.`,
  },
  en: {
    title: 'Find a health professional',
    again: 'New search',
    familyName: 'Family name',
    familyNameHint: 'Or its beginning; accents do not count.',
    town: 'Town',
    townHint: 'Where the person practises, in full.',
    profession: 'Profession',
    mode: 'Mode of practice',
    any: 'Any',
    modes: {
      L: 'Self-employed',
      S: 'Employed',
      B: 'Volunteer',
      I: 'Through a company',
    },
    submit: 'Search',
    results: 'Search results',
    nothingAsked: 'Give at least a name, a town or a profession.',
    none: 'Nobody matches. Try the beginning of the name, another town, or fewer criteria.',
    others: {
      title: 'These searches find somebody',
      town: (town) => `In ${town}`,
      without: {
        nom: 'All names',
        ville: 'In all towns',
        profession: 'All professions',
        mode: 'All modes of practice',
      },
    },
    found: (count) => (count > 1 ? `${count} people match.` : 'One person matches.'),
    many: (count) =>
      `More than ${count} people match: add a name, a town or a profession to make the list shorter.`,
    goingOn: 'The list goes on.',
    instead: (names: string) => `Nobody has exactly this name. These are close: ${names}.`,
    more: 'Show more',
    places: (count: number) => (count > 1 ? `${count} places of practice` : '1 place of practice'),
    noPlace: 'No known place of practice',
    noPlaceHelp:
      'This person is registered, but the directory knows no place of theirs: a locum, for instance, or a place that is not declared yet.',
    ended: {
      title: 'This record is no longer active',
      since: (date) =>
        `Since the national extract of ${date} this person is no longer among the professionals who practise. The directory does not say why.`,
      undated:
        'This person is no longer among the professionals who practise. The directory does not say why.',
    },
    unnamed: 'Place of practice',
    rpps: 'RPPS number',
    expertise: 'Expertise',
    phone: 'Telephone',
    role: 'Function',
    tradeName: 'Trade name',
    source: (date: string) => `From the national extract of ${date}.`,
  },
});
