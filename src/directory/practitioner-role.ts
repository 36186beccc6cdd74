import type { SecureMailbox } from './practitioner.ts';

/** Where and as what somebody works ("situation d'exercice"). Empty columns are null. */
export interface PractitionerRole {
  /** FHIR id, derived from the fields that make a role one: the same in every generation. */
  id: string;
  practitionerId: string;
  /** Null for an activity without a structure. */
  organizationId: string | null;
  active: boolean;
  /** Instant of the extract in which the role was no longer found; null while active. */
  endedAt: number | null;
  profession: string | null;
  professionLabel: string | null;
  /** TRE_R23: L, S, B or I. */
  mode: string | null;
  modeLabel: string | null;
  /** TRE_R02: `SA07`… */
  sector: string | null;
  sectorLabel: string | null;
  /** "Code rôle": a function of TRE_R21 (`FON-01`), TRE_R85 or TRE_R96. */
  role: string | null;
  roleLabel: string | null;
  /** TRE_R22: `GENR01`… */
  activityKind: string | null;
  activityKindLabel: string | null;
  /** TRE_G05. */
  pharmacistSection: string | null;
  pharmacistSectionLabel: string | null;
  registrationAuthority: string | null;
  /** Mailboxes tied to the person at this place. */
  mailboxes: SecureMailbox[];
  lastUpdatedAt: number;
  versionId: number;
}

/** Locums ("remplaçants") work without a practice of their own: GENR02 (TRE_R22) or FON-22 (TRE_R21). */
export function isLocum(role: Pick<PractitionerRole, 'activityKind' | 'role'>): boolean {
  return role.activityKind === 'GENR02' || role.role === 'FON-22';
}
