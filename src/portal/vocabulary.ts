import type { Locale } from '#platform/html/messages.ts';
import type { Gender } from './person.ts';
import type { Term } from './places.ts';

interface Words {
  feminine: string;
  masculine: string;
  en: string;
}

/** TRE_G15-ProfessionSante and TRE_R95, the professions that come under RPPS. */
const professions: Readonly<Record<string, Words>> = {
  '10': { feminine: 'Médecin', masculine: 'Médecin', en: 'Physician' },
  '21': { feminine: 'Pharmacienne', masculine: 'Pharmacien', en: 'Pharmacist' },
  '26': { feminine: 'Audioprothésiste', masculine: 'Audioprothésiste', en: 'Hearing aid specialist' },
  '28': { feminine: 'Opticienne-lunetière', masculine: 'Opticien-lunetier', en: 'Optician' },
  '40': { feminine: 'Chirurgienne-dentiste', masculine: 'Chirurgien-dentiste', en: 'Dentist' },
  '50': { feminine: 'Sage-femme', masculine: 'Sage-femme', en: 'Midwife' },
  '60': { feminine: 'Infirmière', masculine: 'Infirmier', en: 'Nurse' },
  '69': {
    feminine: 'Infirmière psychiatrique',
    masculine: 'Infirmier psychiatrique',
    en: 'Psychiatric nurse',
  },
  '70': {
    feminine: 'Masseuse-kinésithérapeute',
    masculine: 'Masseur-kinésithérapeute',
    en: 'Physiotherapist',
  },
  '80': { feminine: 'Pédicure-podologue', masculine: 'Pédicure-podologue', en: 'Podiatrist' },
  '91': { feminine: 'Orthophoniste', masculine: 'Orthophoniste', en: 'Speech therapist' },
  '92': { feminine: 'Orthoptiste', masculine: 'Orthoptiste', en: 'Orthoptist' },
  '93': { feminine: 'Psychologue', masculine: 'Psychologue', en: 'Psychologist' },
  '94': { feminine: 'Ergothérapeute', masculine: 'Ergothérapeute', en: 'Occupational therapist' },
  '95': { feminine: 'Diététicienne', masculine: 'Diététicien', en: 'Dietitian' },
  '96': { feminine: 'Psychomotricienne', masculine: 'Psychomotricien', en: 'Psychomotor therapist' },
};

/** TRE_R23-ModeExercice; the adjective agrees with "mode". */
const modes: Readonly<Record<string, Record<Locale, string>>> = {
  L: { fr: 'Libéral', en: 'Self-employed' },
  S: { fr: 'Salarié', en: 'Employed' },
  B: { fr: 'Bénévole', en: 'Volunteer' },
  I: { fr: 'Par une société', en: 'Through a company' },
};

/** A profession as one says it of this person; the directory's own word where the gender is not known. */
export function nameProfession({ code, label }: Term, gender: Gender, locale: Locale): string {
  const words = professions[code];
  if (!words) return label ?? code;
  if (locale === 'en') return words.en;
  return gender === 'neutral' ? (label ?? words.masculine) : words[gender];
}

export function nameMode({ code, label }: Term, locale: Locale): string {
  return modes[code]?.[locale] ?? label ?? code;
}
