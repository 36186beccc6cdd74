type Text = string | null;

interface Versioned {
  /** Its number in every generation. */
  n: number;
  /** The hash that its FHIR id shows: see `technical-id.ts`. */
  id: Uint8Array;
  active: number;
  ended_at: number | null;
  last_updated_at: number;
  version_id: number;
}

export interface PractitionerRow extends Versioned {
  id_nat_ps: string;
  family_search: string;
  given_search: string;
  registration_authority: Text;
  content: string;
}

export interface RoleRow extends Versioned {
  practitioner: number;
  organization: number | null;
  kind: number;
  town_search: string;
  profession: string;
  family_search: string;
}

export interface RoleKindRow {
  n: number;
  profession: string;
  mode: string;
  sector: string;
  role: string;
  activity_kind: string;
  pharmacist_section: string;
  registration_authority: string;
}

export interface OrganizationRow extends Versioned {
  technical_id: string;
  former_id: Text;
  siret: Text;
  siren: Text;
  finess_site: Text;
  finess_legal_entity: Text;
  sector: Text;
  commune_code: Text;
  postal_code: Text;
  name_search: string;
  trade_name_search: string;
  city_search: string;
  line_search: string;
  registration_authority: Text;
  content: string;
}

/** Which kind somebody has. */
export interface HeldRow {
  practitioner: number;
  kind: number;
}

export interface QualificationKindRow {
  n: number;
  profession: string;
  category: string;
  expertise_type: string;
  expertise: string;
}

export interface DiplomaKindRow {
  n: number;
  type: string;
  code: string;
  authorization_type: string;
  discipline: string;
}

export interface MailboxRow {
  owner: number;
  structure: string;
  type: string;
  address: string;
  service: Text;
  digitization: number | null;
  practitioner: number | null;
}

export interface CardRow {
  practitioner: number;
  number: string;
  type: Text;
  national_id_in_card: Text;
  starts_on: Text;
  ends_on: Text;
  opposed_on: Text;
}

/** A version that an import has replaced. */
export interface HistoryRow {
  resource: string;
  n: number;
  version_id: number;
  replaced_at: number;
  body: Uint8Array;
}

/** The tables of one generation, as `schema.ts` makes them. */
export interface GenerationTables {
  practitioner: PractitionerRow;
  practitioner_role: RoleRow;
  role_kind: RoleKindRow;
  organization: OrganizationRow;
  qualification: HeldRow;
  expertise: HeldRow;
  qualification_kind: QualificationKindRow;
  diploma: HeldRow;
  diploma_kind: DiplomaKindRow;
  mailbox: MailboxRow;
  card: CardRow;
  label: { terminology: string; code: string; label: string };
  family_name: { name: string; reversed: string };
  history: HistoryRow;
  import_state: { name: string; data: Uint8Array };
}
