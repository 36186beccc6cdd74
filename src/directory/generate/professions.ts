import type { ActivityRecord } from '../extract/columns.ts';
import type { Random, Weighted } from './random.ts';

export interface Profession {
  code: string;
  label: string;
  /** Registration authority of the profession. */
  authority: string;
  /** Parts of 1. */
  women: number;
  selfEmployed: number;
  /** Whether "Docteur" stands before the name. */
  doctor?: true;
  /** Savoir-faire with their weights; '' is none. */
  expertise?: readonly Weighted<string>[];
}

/** Codes of TRE_R38 (type S) and their labels. */
const specialties: Record<string, string> = {
  SM54: 'Médecine générale',
  SM26: 'Qualifié en Médecine Générale',
  SM04: 'Cardiologie et maladies vasculaires',
  SM05: 'Chirurgie générale',
  SM15: 'Dermatologie et vénéréologie',
  SM40: 'Pédiatrie',
  SM42: 'Psychiatrie',
  SM44: 'Radio-diagnostic',
  SCD01: 'Orthopédie dento-faciale',
};

const medical: Weighted<string>[] = [
  [50, 'SM54'],
  [12, 'SM26'],
  [6, 'SM04'],
  [5, 'SM05'],
  [4, 'SM15'],
  [6, 'SM40'],
  [8, 'SM42'],
  [5, 'SM44'],
];

const regional = 'ARS/ARS/ARS';

function order(name: string): string {
  return `${name}/${name}/${name}`;
}

const professions: Weighted<Profession>[] = [
  [54, { code: '60', label: 'Infirmier', authority: order('ONI'), women: 0.87, selfEmployed: 0.22 }],
  [
    15,
    {
      code: '10',
      label: 'Médecin',
      authority: order('CNOM'),
      women: 0.5,
      selfEmployed: 0.55,
      doctor: true,
      expertise: medical,
    },
  ],
  [
    8,
    {
      code: '70',
      label: 'Masseur-Kinésithérapeute',
      authority: order('CNOMK'),
      women: 0.52,
      selfEmployed: 0.8,
    },
  ],
  [5, { code: '21', label: 'Pharmacien', authority: order('CNOP'), women: 0.68, selfEmployed: 0.38 }],
  [
    4,
    {
      code: '40',
      label: 'Chirurgien-Dentiste',
      authority: order('ONCD'),
      women: 0.48,
      selfEmployed: 0.85,
      doctor: true,
      expertise: [
        [95, ''],
        [5, 'SCD01'],
      ],
    },
  ],
  [2, { code: '50', label: 'Sage-Femme', authority: order('CNOSF'), women: 0.97, selfEmployed: 0.35 }],
  [2, { code: '91', label: 'Orthophoniste', authority: regional, women: 0.96, selfEmployed: 0.8 }],
  [2, { code: '28', label: 'Opticien-Lunetier', authority: regional, women: 0.6, selfEmployed: 0.2 }],
  [
    1,
    { code: '80', label: 'Pédicure-Podologue', authority: order('CNOPP'), women: 0.68, selfEmployed: 0.95 },
  ],
  [1, { code: '94', label: 'Ergothérapeute', authority: regional, women: 0.88, selfEmployed: 0.2 }],
  [1, { code: '95', label: 'Diététicien', authority: regional, women: 0.93, selfEmployed: 0.4 }],
  [1, { code: '96', label: 'Psychomotricien', authority: regional, women: 0.9, selfEmployed: 0.3 }],
  [2, { code: '98', label: 'Manipulateur ERM', authority: regional, women: 0.72, selfEmployed: 0.02 }],
  [
    2,
    {
      code: '86',
      label: 'Technicien de laboratoire médical',
      authority: regional,
      women: 0.79,
      selfEmployed: 0.01,
    },
  ],
];

export const pickProfession = (random: Random): Profession => random.weighted(professions);

/** The savoir-faire of one activity row; empty where the profession has none. */
export function pickExpertise(random: Random, { expertise }: Profession): ActivityRecord {
  const code = expertise ? random.weighted(expertise) : '';
  if (code === '') return {};
  return {
    expertiseType: 'S',
    expertiseTypeLabel: 'Spécialité ordinale',
    expertise: code,
    expertiseLabel: specialties[code] ?? '',
  };
}

const categories: Weighted<ActivityRecord>[] = [
  [96, { category: 'C', categoryLabel: 'Civil' }],
  [2, { category: 'F', categoryLabel: 'Agent public' }],
  [1, { category: 'M', categoryLabel: 'Militaire' }],
  [1, { category: 'E', categoryLabel: 'Etudiant' }],
];

export const pickCategory = (random: Random): ActivityRecord => random.weighted(categories);
