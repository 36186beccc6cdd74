import { defineMessages } from '#platform/html/messages.ts';

const numberWords = {
  fr: ['Aucun', 'Un', 'Deux', 'Trois', 'Quatre', 'Cinq', 'Six', 'Sept', 'Huit', 'Neuf'],
  en: ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'],
};

export const messages = defineMessages({
  fr: {
    welcome: {
      title: 'Retrouvez vos lieux d’exercice',
      lead: 'Vous voyez ici les lieux où vous exercez, tels que l’annuaire national des professionnels de santé les connaît.',
      signIn: 'Connexion',
      places: 'Voir mes lieux d’exercice',
      signedIn: (name: string) => `Vous êtes déjà dans votre espace, au nom de ${name}.`,
      ended: 'Votre session a pris fin. Connectez-vous pour retrouver vos lieux.',
      how: 'Comment cela se passe',
      firstStep: '« Connexion » vous mène à la page où vous choisissez votre moyen : gardez-le sous la main.',
      secondStep: 'Vous revenez ici, et vos lieux d’exercice s’affichent.',
      thirdStep: 'Si aucun lieu ne s’affiche, la page dit pourquoi et ce qu’il faut faire.',
    },
    places: {
      title: "Mes lieux d'exercice",
      lead: (count: string, date: string | undefined) =>
        `${count}, d’après l’annuaire${date ? ` du ${date}` : ''}.`,
      count: (places: number) => `${numberWords.fr[places] ?? places} ${places === 1 ? 'lieu' : 'lieux'}`,
      unnamed: 'Lieu sans nom dans l’annuaire',
      profession: 'Profession',
      phone: 'Téléphone',
      mode: 'Mode d’exercice',
      tradeName: 'Enseigne',
      wrong:
        'Un lieu manque, ou n’est plus à vous ? L’annuaire reprend ce qui est déclaré à votre Ordre ou à votre agence régionale de santé : c’est là qu’il se corrige.',
    },
    none: {
      title: "Aucun lieu d'exercice",
      what: 'Ce qu’il faut faire',
      repair: 'Réparer ma connexion',
      repairHelp:
        'La page suivante vous guide pas à pas ; où quelqu’un doit vous aider, elle prépare votre message.',
      cause: 'Cause',
      reference: 'référence',
      source: (date: string) => `D’après l’annuaire du ${date}`,
      next: 'Ensuite',
    },
    explained: {
      nothing: 'Il n’y a rien à réparer.',
      locum: {
        feminine:
          'Vous exercez comme remplaçante, sans cabinet à votre nom : l’annuaire ne vous attribue donc aucun lieu.',
        masculine:
          'Vous exercez comme remplaçant, sans cabinet à votre nom : l’annuaire ne vous attribue donc aucun lieu.',
        neutral:
          'Vous exercez en remplacement, sans cabinet à votre nom : l’annuaire ne vous attribue donc aucun lieu.',
      },
      locumNext:
        'Les lieux où vous remplacez restent ceux des personnes que vous remplacez. Si vous ouvrez ou rejoignez un cabinet, déclarez-le à votre Ordre : il s’affichera ici.',
      employee: {
        feminine:
          'Votre carte vous identifie comme salariée d’une structure, sans profession inscrite à l’annuaire : aucun lieu ne vous est attribué.',
        masculine:
          'Votre carte vous identifie comme salarié d’une structure, sans profession inscrite à l’annuaire : aucun lieu ne vous est attribué.',
        neutral:
          'Votre carte vous rattache à une structure, sans profession inscrite à l’annuaire : aucun lieu ne vous est attribué.',
      },
      employeeNext: 'Ce que l’annuaire dit de la structure est tenu par la structure elle-même.',
    },
    unavailable: {
      title: 'L’annuaire ne répond pas',
      lead: 'Vous êtes toujours dans votre espace, mais vos lieux ne peuvent pas s’afficher en ce moment. Ce n’est pas de votre fait.',
      retry: 'Réessayer',
      reference: 'Référence',
    },
    chain: {
      signedInWith: {
        feminine: 'Vous êtes entrée avec',
        masculine: 'Vous êtes entré avec',
        neutral: 'Vous avez présenté',
      },
      identifier: {
        adeli: 'le numéro ADELI',
        rpps: 'le numéro RPPS',
        employee: 'l’identifiant',
        other: 'l’identifiant',
      },
      of: { card: 'de votre carte', ecps: 'de votre e-CPS', unknown: 'de votre moyen de connexion' },
      knownAs: 'L’annuaire vous connaît sous',
      directory: 'L’annuaire',
      rpps: 'RPPS',
      placeCount: (count: number) =>
        count === 0 ? 'aucun lieu' : `${count} ${count === 1 ? 'lieu' : 'lieux'}`,
      inactive: 'fiche qui n’est plus active',
      noRpps: 'aucun numéro RPPS ne répond à ce numéro',
      mismatch: 'une fiche à un autre nom',
      underRpps: 'range les lieux sous le numéro RPPS',
      noPlace: 'aucun lieu à ce numéro',
      ecps: 'Votre e-CPS',
      ecpsStates: {
        none: 'pas encore activée',
        active: 'active',
        expired: 'expirée',
        adeli: 'activée sous votre numéro ADELI',
        frozen: 'suspendue',
        locked: 'bloquée pour un temps',
        unknown: 'état non communiqué',
      },
    },
  },
  en: {
    welcome: {
      title: 'Find your places of practice',
      lead: 'Here you see the places where you practise, as the national directory of health professionals knows them.',
      signIn: 'Sign in',
      places: 'See my places of practice',
      signedIn: (name: string) => `You are already in your space, as ${name}.`,
      ended: 'Your session has ended. Sign in to find your places again.',
      how: 'What happens',
      firstStep: '“Sign in” leads to the page where you choose your means: keep it at hand.',
      secondStep: 'You come back here, and your places of practice are shown.',
      thirdStep: 'If no place is shown, the page says why and what to do.',
    },
    places: {
      title: 'My places of practice',
      lead: (count: string, date: string | undefined) =>
        `${count}, according to the directory${date ? ` of ${date}` : ''}.`,
      count: (places: number) => `${numberWords.en[places] ?? places} ${places === 1 ? 'place' : 'places'}`,
      unnamed: 'Place without a name in the directory',
      profession: 'Profession',
      phone: 'Telephone',
      mode: 'Mode of practice',
      tradeName: 'Trade name',
      wrong:
        'A place is missing, or is no longer yours? The directory repeats what is declared to your Order or to your regional health agency: that is where it is corrected.',
    },
    none: {
      title: 'No place of practice',
      what: 'What to do',
      repair: 'Repair my sign-in',
      repairHelp:
        'The next page guides you step by step; where somebody has to help you, it prepares your message.',
      cause: 'Cause',
      reference: 'reference',
      source: (date: string) => `According to the directory of ${date}`,
      next: 'After that',
    },
    explained: {
      nothing: 'There is nothing to repair.',
      locum: {
        feminine:
          'You practise as a locum, without a practice in your name: so the directory gives you no place.',
        masculine:
          'You practise as a locum, without a practice in your name: so the directory gives you no place.',
        neutral:
          'You practise as a locum, without a practice in your name: so the directory gives you no place.',
      },
      locumNext:
        'The places where you stand in remain those of the people whom you replace. If you open or join a practice, declare it to your Order: it will be shown here.',
      employee: {
        feminine:
          'Your card identifies you as the employee of a structure, without a profession in the directory: so no place is given to you.',
        masculine:
          'Your card identifies you as the employee of a structure, without a profession in the directory: so no place is given to you.',
        neutral:
          'Your card identifies you as the employee of a structure, without a profession in the directory: so no place is given to you.',
      },
      employeeNext: 'What the directory says about the structure is kept by the structure itself.',
    },
    unavailable: {
      title: 'The directory does not answer',
      lead: 'You are still in your space, but your places cannot be shown just now. This is not your doing.',
      retry: 'Try again',
      reference: 'Reference',
    },
    chain: {
      signedInWith: {
        feminine: 'You came in with',
        masculine: 'You came in with',
        neutral: 'You came in with',
      },
      identifier: {
        adeli: 'the ADELI number',
        rpps: 'the RPPS number',
        employee: 'the identifier',
        other: 'the identifier',
      },
      of: { card: 'of your card', ecps: 'of your e-CPS', unknown: 'of your means of signing in' },
      knownAs: 'The directory knows you as',
      directory: 'The directory',
      rpps: 'RPPS',
      placeCount: (count: number) =>
        count === 0 ? 'no place' : `${count} ${count === 1 ? 'place' : 'places'}`,
      inactive: 'a record that is no longer active',
      noRpps: 'no RPPS number answers to this number',
      mismatch: 'a record under another name',
      underRpps: 'keeps places under the RPPS number',
      noPlace: 'no place under this number',
      ecps: 'Your e-CPS',
      ecpsStates: {
        none: 'not activated yet',
        active: 'active',
        expired: 'expired',
        adeli: 'activated under your ADELI number',
        frozen: 'suspended',
        locked: 'locked for a time',
        unknown: 'state not told',
      },
    },
  },
});
