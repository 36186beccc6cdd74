import type { NationalId } from '#national-id';

/** A savoir-faire of a profession: TRE_R04 type, code of TRE_R38 and its sisters. */
export interface Expertise {
  typeCode: string;
  typeLabel: string | null;
  code: string;
  label: string | null;
}

/** A profession being exercised, in one professional category, with its expertise. */
export interface Qualification {
  /** TRE_G15 (`60` for a nurse), TRE_R94, TRE_R95 or TRE_R291. */
  profession: string;
  professionLabel: string | null;
  /** TRE_R09: C, E, F or M. */
  category: string | null;
  categoryLabel: string | null;
  expertise: Expertise[];
}

/** A diploma, an authorisation to practise, or both (Dipl_AutExerc extract). */
export interface Diploma {
  /** TRE_R14. */
  typeCode: string | null;
  typeLabel: string | null;
  /** TRE_R48 and its sisters. */
  code: string | null;
  label: string | null;
  authorizationTypeCode: string | null;
  authorizationTypeLabel: string | null;
  disciplineCode: string | null;
  disciplineLabel: string | null;
}

/** A secure mailbox (MSSanté). */
export interface SecureMailbox {
  /** TRE_R257: PER, ORG, APP or CAB. */
  type: string;
  address: string;
  service: string | null;
  /** Whether it takes documents instead of paper ("Dématérialisation"); null where not told. */
  digitization: boolean | null;
}

/** A card of the Porteurs_CPS_CPF extract. Days are `YYYY-MM-DD`. */
export interface CardRecord {
  /** TRE_R87: CPS, CPF… */
  type: string | null;
  typeLabel: string | null;
  number: string;
  /** National identifier written in the card, with its prefix where the file has it. */
  nationalIdInCard: string | null;
  startsOn: string | null;
  endsOn: string | null;
  opposedOn: string | null;
}

/** A health professional as the extracts tell. Empty columns are null. */
export interface Practitioner {
  /** FHIR id, derived from the national identifier: the same in every generation. */
  id: string;
  /** Wire form of the national identifier, with its prefix ("Identification nationale PP"). */
  idNatPs: string;
  /** Null for the kinds of TRE_G08 that no means to sign in carries. */
  nationalId: NationalId | null;
  active: boolean;
  /** Instant of the extract in which they were no longer found; null while active. */
  endedAt: number | null;
  /** Exercise names. */
  familyName: string;
  givenName: string;
  /** Not in the open extracts: null unless an operator's source has it. */
  birthName: string | null;
  /** TRE_R81: M or MME. */
  civility: string | null;
  /** TRE_R11: DR, PR… */
  exerciseCivility: string | null;
  qualifications: Qualification[];
  diplomas: Diploma[];
  /** Mailboxes tied to the person alone; those tied to a place too are on the role. */
  mailboxes: SecureMailbox[];
  cards: CardRecord[];
  /** As in the file: often a triplet such as `CNOM/CNOM/ARS`. */
  registrationAuthority: string | null;
  /** Instant of the import that last changed the content. */
  lastUpdatedAt: number;
  /** 1 when created, one more at each change of content. */
  versionId: number;
}
