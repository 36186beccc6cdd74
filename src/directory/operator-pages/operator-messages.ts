import { defineMessages } from '#platform/html/messages.ts';
import { requestMessages } from './request-messages.ts';

const fr = requestMessages('fr');
const en = requestMessages('en');

export const operatorMessages = defineMessages({
  fr: {
    title: 'Exploitation de l’annuaire',
    back: 'Exploitation de l’annuaire',
    signIn: {
      lead: 'Cette page est pour les personnes qui exploitent l’annuaire : chargements, effectifs, file des coordonnées.',
      button: 'Connexion',
    },
    closed: {
      title: 'Cette page est réservée',
      lead: 'Vous êtes bien connecté, mais vous n’êtes pas de ceux qui exploitent cet annuaire.',
      how: 'Qui administre le serveur vous y admet en ajoutant votre identifiant à ce réglage (plusieurs sont séparés par des virgules), puis en redémarrant :',
      invented: (name: string) => `Dans ce bac à sable, ${name} y est admis : présentez sa carte.`,
    },
    freshness: {
      told: (date: string, age: string) => `Extraction du ${date}, ${age}`,
      old: 'Une extraction paraît chaque jour : la dernière n’a pas été chargée. Vérifiez le chargement quotidien.',
      empty: {
        title: 'L’annuaire est vide',
        body: 'Aucune extraction n’a été chargée : hygie directory import FICHIER.',
      },
    },
    runs: {
      title: 'Derniers chargements',
      none: 'Aucun chargement n’a été gardé. Le premier se fait par hygie directory import FICHIER.',
      files: 'Fichiers',
      practitioners: 'Personnes',
      roles: 'Situations',
      organizations: 'Structures',
      duration: 'Durée',
      rows: (rows: string, skipped: number) =>
        skipped > 0 ? `${rows} lignes, ${skipped} écartées` : `${rows} lignes`,
      statuses: {
        applied: 'Appliqué',
        unchanged: 'Rien ne diffère',
        waiting: 'En attente',
        planned: 'Essai',
      },
      counts: {
        created: (text: string, count: number) => (count > 1 ? `${text} nouvelles` : `${text} nouvelle`),
        changed: (text: string, count: number) => (count > 1 ? `${text} changées` : `${text} changée`),
        removed: (text: string, count: number) => (count > 1 ? `${text} parties` : `${text} partie`),
        none: 'rien ne change',
      },
      waiting: {
        title: 'Un chargement attend votre accord',
        body: 'Plus d’une ligne sur vingt changerait ou finirait : un fichier coupé ou étranger se voit ainsi. Lisez son plan ; s’il est juste, lancez cette commande là où est le fichier. Elle relit le fichier, que cette page n’a pas.',
        plan: 'Lire le plan de ce chargement',
      },
    },
    run: {
      title: (instant: string) => `Chargement du ${instant}`,
      all: 'Ce qui change',
      professions: 'Personnes, par profession',
      departments: 'Situations d’exercice, par département',
      practitioners: 'Exemples de personnes',
      roles: 'Exemples de situations d’exercice',
      organizations: 'Exemples de structures',
      open: 'Voir les exemples',
      examples: { created: 'Nouvelles', changed: 'Changées', removed: 'Parties' },
    },
    groups: { untold: 'Non indiqué' },
    counts: {
      professions: 'Personnes par profession',
      professionsNote: 'Actives ; qui a deux professions compte dans chacune.',
      departments: 'Situations d’exercice par département',
      departmentsNote: 'Actives, d’après l’adresse de la structure.',
      more: (rest: number) => (rest > 1 ? `Les ${rest} autres` : 'Une autre ligne'),
    },
    queue: fr.queue,
    request: fr.request,
  },
  en: {
    title: 'Running the directory',
    back: 'Running the directory',
    signIn: {
      lead: 'This page is for the people who run the directory: imports, counts, the queue of contact details.',
      button: 'Sign in',
    },
    closed: {
      title: 'This page is not open to you',
      lead: 'You are signed in, but you are not one of those who run this directory.',
      how: 'Whoever administers the server lets you in by adding your identifier to this setting (several are separated by commas), and starting it again:',
      invented: (name) => `In this sandbox ${name} is let in: present his card.`,
    },
    freshness: {
      told: (date, age) => `Extract of ${date}, ${age}`,
      old: 'An extract comes out every day: the last one was not loaded. Look at the daily import.',
      empty: {
        title: 'The directory is empty',
        body: 'No extract has been loaded: hygie directory import FILE.',
      },
    },
    runs: {
      title: 'Last imports',
      none: 'No import has been kept. The first one is made by hygie directory import FILE.',
      files: 'Files',
      practitioners: 'People',
      roles: 'Roles',
      organizations: 'Organisations',
      duration: 'Duration',
      rows: (rows, skipped) => (skipped > 0 ? `${rows} rows, ${skipped} left out` : `${rows} rows`),
      statuses: { applied: 'Applied', unchanged: 'Nothing differs', waiting: 'Waiting', planned: 'Dry run' },
      counts: {
        created: (text) => `${text} new`,
        changed: (text) => `${text} changed`,
        removed: (text) => `${text} gone`,
        none: 'nothing changes',
      },
      waiting: {
        title: 'An import waits for your consent',
        body: 'More than one row in twenty would change or end: a cut or foreign file looks like this. Read its plan; if it is right, run this command where the file is. It reads the file again, which this page does not have.',
        plan: 'Read the plan of this import',
      },
    },
    run: {
      title: (instant) => `Import of ${instant}`,
      all: 'What changes',
      professions: 'People, by profession',
      departments: 'Roles, by département',
      practitioners: 'Examples of people',
      roles: 'Examples of roles',
      organizations: 'Examples of organisations',
      open: 'Show the examples',
      examples: { created: 'New', changed: 'Changed', removed: 'Gone' },
    },
    groups: { untold: 'Not told' },
    counts: {
      professions: 'People by profession',
      professionsNote: 'Active; whoever has two professions counts in each.',
      departments: 'Roles by département',
      departmentsNote: 'Active, by the address of the organisation.',
      more: (rest) => (rest > 1 ? `The other ${rest}` : 'One more line'),
    },
    queue: en.queue,
    request: en.request,
  },
});
