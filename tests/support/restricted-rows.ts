/** The header of Extraction_Pro_sante_connect as of 2024: 51 columns, each line ends in a delimiter. */
export const restrictedHeader = [
  ...["Type d'identifiant PP", 'Identifiant PP', 'Identification nationale PP', 'Nom de famille', 'Prénoms'],
  ...['Date de naissance', 'Code commune de naissance', 'Code pays de naissance', 'Lieu de naissance'],
  ...['Code sexe', 'Téléphone (coord. correspondance)', 'Adresse e-mail (coord. correspondance)'],
  ...['Code civilité', 'Code profession', 'Code catégorie professionnelle', "Code civilité d'exercice"],
  ...["Nom d'exercice", "Prénom d'exercice", 'Code type savoir-faire', 'Code savoir-faire'],
  ...['Code mode exercice', "Code secteur d'activité", 'Code section tableau pharmaciens', 'Code rôle'],
  ...[
    'Numéro SIRET site',
    'Numéro SIREN site',
    'Numéro FINESS site',
    'Numéro FINESS établissement juridique',
  ],
  ...['Identifiant technique de la structure', 'Raison sociale site', 'Enseigne commerciale site'],
  ...['Complément destinataire (coord. structure)', 'Complément point géographique (coord. structure)'],
  ...['Numéro Voie (coord. structure)', 'Indice répétition voie (coord. structure)'],
  ...['Code type de voie (coord. structure)', 'Libellé Voie (coord. structure)'],
  ...['Mention distribution (coord. structure)', 'Bureau cedex (coord. structure)'],
  ...['Code postal (coord. structure)', 'Code commune (coord. structure)', 'Code pays (coord. structure)'],
  ...['Téléphone (coord. structure)', 'Téléphone 2 (coord. structure)', 'Télécopie (coord. structure)'],
  ...['Adresse e-mail (coord. structure)', 'Code département (coord. structure)'],
  ...['Ancien identifiant de la structure', "Autorité d'enregistrement", 'Autres identifiants'],
  "Code genre d'activité",
];

/** That of 2021: the kind of activity stands in a last column without a name. */
export const restrictedHeader2021 = restrictedHeader.slice(0, 49);

/** A row by the names of its columns; `''` names the column without a name. */
export function restrictedRow(values: Record<string, string>, header = restrictedHeader): string {
  const extra = '' in values ? [values[''] ?? ''] : [];
  return `${[...header.map((name) => values[name] ?? ''), ...extra].join('|')}|`;
}

/** Who a nurse is, and her practice. */
export const restrictedNurse = (number: string): Record<string, string> => ({
  "Type d'identifiant PP": '8',
  'Identifiant PP': number,
  'Identification nationale PP': `8${number}`,
  'Nom de famille': 'MARTIN',
  Prénoms: "CLAIRE'ANNE'",
  'Date de naissance': '07/03/1980',
  'Code sexe': 'F',
  'Code civilité': 'MME',
  'Code profession': '60',
  'Code catégorie professionnelle': 'C',
  "Nom d'exercice": 'FONTAINE',
  "Prénom d'exercice": 'CLAIRE',
  'Code mode exercice': 'L',
  "Code secteur d'activité": 'SA07',
  'Code rôle': 'FON-01',
  'Identifiant technique de la structure': 'R95141',
  'Raison sociale site': 'CABINET INFIRMIER DES HALLES',
  'Libellé Voie (coord. structure)': 'DES HALLES',
  'Bureau cedex (coord. structure)': '56100 LORIENT',
  'Code postal (coord. structure)': '56100',
  'Code commune (coord. structure)': '56121',
  "Code genre d'activité": 'GENR01',
});
