import { extractHeader, formatExtractRow } from '#directory';
import { rpps } from '#national-id';
import { liberal, person, practice } from './directory-rows.ts';

/** One nurse as each kind of extract tells of her: lines with their header. */
export const claire = rpps('99700000013');
const identity = ['8', claire.value, `8${claire.value}`, 'FONTAINE', 'CLAIRE'];
const personHeader = [
  "Type d'identifiant PP",
  'Identifiant PP',
  'Identification nationale PP',
  "Nom d'exercice",
  "Prénom d'exercice",
];
const extract = (...rows: string[][]) => rows.map((fields) => fields.join('|'));

export const activities = [
  extractHeader,
  formatExtractRow({ ...person(claire.value), ...liberal, ...practice('R95141', { formerId: '4997' }) }),
];

export const expertise = extract(
  [
    ...personHeader,
    ...['Code profession', 'Libellé profession', 'Code catégorie professionnelle'],
    ...['Libellé catégorie professionnelle', 'Code type savoir-faire', 'Libellé type savoir-faire'],
    ...['Code savoir-faire', 'Libellé savoir-faire'],
  ],
  [...identity, '60', 'Infirmier', 'C', 'Civil', 'FQ', 'Fonction qualifiée', 'FQ01', 'Pédiatrie'],
);

export const diplomas = extract(
  [
    ...personHeader,
    ...[
      'Code type diplôme obtenu',
      'Libellé type diplôme obtenu',
      'Code diplôme obtenu',
      'Libellé diplôme obtenu',
    ],
    ...['Code type autorisation', 'Libellé type autorisation', 'Code discipline autorisation'],
    'Libellé discipline autorisation',
  ],
  [...identity, 'DE', "Diplôme d'Etat français", 'DE09', 'DE Infirmier', '', '', '', ''],
);

export const cards = extract(
  [
    ...['Identifiant PP', 'Code type de carte', 'Libellé type de carte', 'Numéro carte'],
    ...[
      'Identifiant national contenu dans la carte',
      'Date début validité',
      'Date fin validité',
      'Date opposition',
    ],
  ],
  [
    claire.value,
    'CPS',
    'Carte de professionnel de santé',
    '2800000001',
    '0560000012',
    '20240102',
    '2027-01-01',
    '',
  ],
);

export const mailboxes = extract(
  [
    ...['Type de BAL', 'Adresse BAL', 'Type Identifiant PP', 'Identifiant PP', 'Identification nationale PP'],
    ...[
      'Type identifiant structure',
      'Identification Structure',
      'Service de rattachement',
      'Dématérialisation',
    ],
  ],
  ['PER', 'claire@pro.mssante.fr', '8', claire.value, `8${claire.value}`, '', '', '', 'O'],
  ['CAB', 'claire@halles.mssante.fr', '8', claire.value, `8${claire.value}`, '4', '997', '', 'N'],
  ['ORG', 'halles@cabinet.mssante.fr', '', '', '', '4', '997', 'Accueil', ''],
);
