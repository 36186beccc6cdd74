type Text = string | null;

interface Versioned {
  active: number;
  ended_at: number | null;
  last_updated_at: number;
  version_id: number;
}

export interface PractitionerRow extends Versioned {
  id: string;
  id_nat_ps: string;
  rpps: Text;
  family_name: Text;
  given_name: Text;
  birth_name: Text;
  civility: Text;
  exercise_civility: Text;
  registration_authority: Text;
  family_search: Text;
  given_search: Text;
}

export interface RoleRow extends Versioned {
  id: string;
  practitioner_id: string;
  organization_id: Text;
  profession: Text;
  mode: Text;
  sector: Text;
  role: Text;
  activity_kind: Text;
  pharmacist_section: Text;
  registration_authority: Text;
}

export interface OrganizationRow extends Versioned {
  id: string;
  technical_id: string;
  former_id: Text;
  siret: Text;
  siren: Text;
  finess_site: Text;
  finess_legal_entity: Text;
  name: Text;
  trade_name: Text;
  recipient_complement: Text;
  location_complement: Text;
  house_number: Text;
  repetition_index: Text;
  street_type_code: Text;
  street_type_label: Text;
  street_name: Text;
  distribution: Text;
  cedex: Text;
  postal_code: Text;
  commune_code: Text;
  commune_name: Text;
  country_code: Text;
  country_name: Text;
  phone: Text;
  phone2: Text;
  fax: Text;
  email: Text;
  department_code: Text;
  department_name: Text;
  registration_authority: Text;
  sector: Text;
  name_search: Text;
  trade_name_search: Text;
  city_search: Text;
  line_search: Text;
}

export interface QualificationRow {
  practitioner_id: string;
  profession: string;
  category: string;
  expertise_type: string;
  expertise: string;
}

export interface DiplomaRow {
  practitioner_id: string;
  type: string;
  code: string;
  authorization_type: string;
  discipline: string;
}

export interface MailboxRow {
  practitioner_id: string;
  structure: string;
  type: string;
  address: string;
  service: Text;
  digitization: number | null;
}

export interface CardRow {
  practitioner_id: string;
  number: string;
  type: Text;
  national_id_in_card: Text;
  starts_on: Text;
  ends_on: Text;
  opposed_on: Text;
}

/** The tables of one generation, as `schema.ts` makes them. */
export interface GenerationTables {
  practitioner: PractitionerRow;
  practitioner_role: RoleRow;
  organization: OrganizationRow;
  qualification: QualificationRow;
  expertise: QualificationRow;
  diploma: DiplomaRow;
  mailbox: MailboxRow;
  card: CardRow;
  label: { terminology: string; code: string; label: string };
}
