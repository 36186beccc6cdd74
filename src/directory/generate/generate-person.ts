import { withLuhnKey } from '#national-id';
import type { ActivityRecord } from '../extract/columns.ts';
import { formatExtractRow } from '../extract/format-extract.ts';
import { pickFamilyName, pickGivenName } from './person-names.ts';
import { makePlace, type PlaceKind } from './places.ts';
import { type Profession, pickCategory, pickExpertise, pickProfession } from './professions.ts';
import { createRandom, type Random, type Weighted } from './random.ts';

const modes = {
  L: { mode: 'L', modeLabel: 'Libéral, indépendant, artisan, commerçant' },
  S: { mode: 'S', modeLabel: 'Salarié' },
  B: { mode: 'B', modeLabel: 'Bénévole' },
} as const;

const care = { activityKind: 'GENR01', activityKindLabel: 'Activité standard de soin ou de pharmacien' };
const locum = {
  activityKind: 'GENR02',
  activityKindLabel: 'Activité de soin ou de pharmacien en tant que remplaçant',
  role: 'FON-22',
  roleLabel: 'Remplaçant, intérimaire, intermittent',
};

const undefinedRole = { role: 'FON-AU', roleLabel: 'Fonction non définie' };
const practiceRoles: Weighted<ActivityRecord>[] = [
  [40, { role: 'FON-01', roleLabel: 'Titulaire de cabinet' }],
  [10, { role: 'FON-17', roleLabel: 'Collaborateur' }],
  [50, undefinedRole],
];
const salariedRoles: Weighted<ActivityRecord>[] = [
  [25, { role: 'FON-33', roleLabel: 'Salarié en poste fixe' }],
  [5, { role: 'FON-43', roleLabel: 'Cadre de santé' }],
  [70, undefinedRole],
];

/** How many activities people have. */
const activityCounts: Weighted<number>[] = [
  [84, 1],
  [12, 2],
  [3, 3],
  [1, 4],
];

/** How many rows there are for one place of each kind, on average. */
const rowsOfPlace: Record<PlaceKind, number> = { practice: 2.5, institution: 90, pharmacy: 4 };

export interface PersonPlan {
  /** Names the sequence of the whole extract. */
  seed: string;
  /** First digits of the RPPS numbers, three of them. */
  prefix: string;
  /** Which person, from 0: each has a number of their own. */
  index: number;
  /** Rows of the whole extract: how many places there are follows from it. */
  rows: number;
}

/** RPPS numbers are spread over their seven digits; the factor and 10^7 have no common divisor. */
export function makeRpps({ prefix, index }: PersonPlan): string {
  return withLuhnKey(prefix + String((index * 7_368_787 + 1_234_567) % 10_000_000).padStart(7, '0'));
}

/** The activity rows of one invented person, all different. */
export function makePerson(plan: PersonPlan): ActivityRecord[] {
  const random = createRandom(`${plan.seed}/person/${plan.prefix}/${plan.index}`);
  const profession = pickProfession(random);
  const identity = makeIdentity(random, profession, makeRpps(plan));
  const activities = Array.from({ length: random.weighted(activityCounts) }, () =>
    makeActivity(random, profession, plan),
  );
  const records = activities.map((activity) => ({ ...identity, ...activity }));
  return [...new Map(records.map((record) => [formatExtractRow(record), record])).values()];
}

function makeIdentity(random: Random, profession: Profession, rpps: string): ActivityRecord {
  const gender = random.chance(profession.women) ? 'F' : 'M';
  const title = profession.doctor ? { exerciseCivility: 'DR', exerciseCivilityLabel: 'Docteur' } : {};
  return {
    identifierType: '8',
    identifier: rpps,
    idNatPs: `8${rpps}`,
    ...title,
    civility: gender === 'F' ? 'MME' : 'M',
    civilityLabel: gender === 'F' ? 'Madame' : 'Monsieur',
    familyName: pickFamilyName(random),
    givenName: pickGivenName(random, gender),
    profession: profession.code,
    professionLabel: profession.label,
    ...pickCategory(random),
    ...pickExpertise(random, profession),
    registrationAuthority: profession.authority,
  };
}

function makeActivity(random: Random, profession: Profession, plan: PersonPlan): ActivityRecord {
  const expertise = random.chance(0.9) ? {} : pickExpertise(random, profession);
  if (random.chance(0.16)) return expertise;
  if (random.chance(0.05)) return { ...expertise, ...modes.L, ...locum };
  if (profession.code === '21') return { ...expertise, ...makePharmacyActivity(random, plan) };
  if (random.chance(profession.selfEmployed)) {
    const place = pickPlace(random, 'practice', plan);
    return { ...expertise, ...modes.L, ...care, ...random.weighted(practiceRoles), ...place };
  }
  const mode = random.chance(0.02) ? modes.B : modes.S;
  const place = pickPlace(random, 'institution', plan);
  return { ...expertise, ...mode, ...care, ...random.weighted(salariedRoles), ...place };
}

function makePharmacyActivity(random: Random, plan: PersonPlan): ActivityRecord {
  const holder = random.chance(0.4);
  const section = holder
    ? { pharmacistSection: 'A', pharmacistSectionLabel: "Pharmaciens titulaires d'officine" }
    : { pharmacistSection: 'D', pharmacistSectionLabel: 'Pharmaciens adjoints et autres exercices' };
  const mode = holder ? modes.L : modes.S;
  return { ...mode, ...care, ...undefinedRole, ...section, ...pickPlace(random, 'pharmacy', plan) };
}

function pickPlace(random: Random, kind: PlaceKind, { seed, rows }: PersonPlan): ActivityRecord {
  const share = { practice: 0.3, institution: 0.45, pharmacy: 0.05 }[kind];
  const count = Math.max(1, Math.round((rows * share) / rowsOfPlace[kind]));
  return makePlace(seed, kind, random.below(count));
}
