import type { SecureMailbox } from './practitioner.ts';

/** An address as the extract's columns tell it ("coord. structure"). */
export interface Address {
  recipientComplement: string | null;
  locationComplement: string | null;
  houseNumber: string | null;
  repetitionIndex: string | null;
  streetTypeCode: string | null;
  streetTypeLabel: string | null;
  streetName: string | null;
  distribution: string | null;
  /** Often postal code and town, and in some rows the only town. */
  cedex: string | null;
  postalCode: string | null;
  /** INSEE code (TRE_R13). */
  communeCode: string | null;
  communeName: string | null;
  /** COG code, not ISO: `99100` and `99000` are France. */
  countryCode: string | null;
  countryName: string | null;
  departmentCode: string | null;
  departmentName: string | null;
}

/** Hospital, practice, pharmacy ("structure"). Empty columns are null. */
export interface Organization {
  /** FHIR id, derived from the technical id: the same in every generation. */
  id: string;
  /** "Identifiant technique de la structure": `F` + FINESS, `C` + SIRET, `R…` for an RPPS practice. */
  technicalId: string;
  /** "Ancien identifiant de la structure", the idNat_Struct: type digit + identifier. */
  formerId: string | null;
  siret: string | null;
  siren: string | null;
  finessSite: string | null;
  finessLegalEntity: string | null;
  /** "Raison sociale site". */
  name: string | null;
  /** "Enseigne commerciale site". */
  tradeName: string | null;
  address: Address;
  phone: string | null;
  phone2: string | null;
  fax: string | null;
  email: string | null;
  active: boolean;
  /** Instant of the extract in which the place was no longer found; null while active. */
  endedAt: number | null;
  /** TRE_R02. */
  sector: string | null;
  sectorLabel: string | null;
  registrationAuthority: string | null;
  /** Mailboxes of the structure (ORG, APP). */
  mailboxes: SecureMailbox[];
  lastUpdatedAt: number;
  versionId: number;
}
