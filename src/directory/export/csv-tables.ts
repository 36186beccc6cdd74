import type { Organization } from '../organization.ts';
import type { Practitioner, SecureMailbox } from '../practitioner.ts';
import type { PractitionerRole } from '../practitioner-role.ts';

type Cell = string | number | boolean | null;

/** How a resource is one line of a CSV file; the separator is that of the other files of the directory. */
export interface CsvTable<Item> {
  header: string;
  line(item: Item): string;
}

interface Lifetime {
  id: string;
  active: boolean;
  lastUpdatedAt: number;
  versionId: number;
}

/** `shown` is empty of what has ended, as it is over FHIR. */
function defineTable<Item extends Lifetime>(
  always: Record<string, (item: Item) => Cell>,
  shown: Record<string, (item: Item) => Cell>,
): CsvTable<Item> {
  const life: Record<string, (item: Item) => Cell> = {
    active: ({ active }) => active,
    lastUpdated: ({ lastUpdatedAt }) => new Date(lastUpdatedAt).toISOString(),
    version: ({ versionId }) => versionId,
  };
  const first = Object.values({ id: ({ id }: Item) => id, ...always, ...life });
  const rest = Object.values(shown);
  const names = Object.keys({ id: 0, ...always, ...life, ...shown });
  return {
    header: `${names.join(';')}\n`,
    line: (item) =>
      `${[...first.map((cell) => cell(item)), ...rest.map((cell) => (item.active ? cell(item) : null))].map(quote).join(';')}\n`,
  };
}

/** RFC 4180 section 2. */
function quote(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const several = (values: readonly (string | null)[]): string =>
  [...new Set(values)].filter(Boolean).join(',');
const addresses = ({ mailboxes }: { mailboxes: readonly SecureMailbox[] }): string =>
  several(mailboxes.map(({ address }) => address));

export const practitionerTable = defineTable<Practitioner>(
  { idNatPs: ({ idNatPs }) => idNatPs },
  {
    familyName: ({ familyName }) => familyName,
    givenName: ({ givenName }) => givenName,
    civility: ({ civility }) => civility,
    exerciseCivility: ({ exerciseCivility }) => exerciseCivility,
    professions: ({ qualifications }) => several(qualifications.map(({ profession }) => profession)),
    professionLabels: ({ qualifications }) => several(qualifications.map((one) => one.professionLabel)),
    categories: ({ qualifications }) => several(qualifications.map(({ category }) => category)),
    expertise: ({ qualifications }) =>
      several(qualifications.flatMap((one) => one.expertise.map(({ code }) => code))),
    diplomas: ({ diplomas }) => several(diplomas.map(({ code }) => code)),
    mailboxes: addresses,
  },
);

export const roleTable = defineTable<PractitionerRole>(
  {
    practitioner: ({ practitionerId }) => practitionerId,
    organization: ({ organizationId }) => organizationId,
  },
  {
    profession: ({ profession }) => profession,
    professionLabel: ({ professionLabel }) => professionLabel,
    mode: ({ mode }) => mode,
    modeLabel: ({ modeLabel }) => modeLabel,
    sector: ({ sector }) => sector,
    sectorLabel: ({ sectorLabel }) => sectorLabel,
    role: ({ role }) => role,
    roleLabel: ({ roleLabel }) => roleLabel,
    activityKind: ({ activityKind }) => activityKind,
    activityKindLabel: ({ activityKindLabel }) => activityKindLabel,
    pharmacistSection: ({ pharmacistSection }) => pharmacistSection,
    mailboxes: addresses,
  },
);

export const organizationTable = defineTable<Organization>(
  {
    technicalId: ({ technicalId }) => technicalId,
    formerId: ({ formerId }) => formerId,
    siret: ({ siret }) => siret,
    siren: ({ siren }) => siren,
    finessSite: ({ finessSite }) => finessSite,
    finessLegalEntity: ({ finessLegalEntity }) => finessLegalEntity,
    name: ({ name }) => name,
  },
  {
    tradeName: ({ tradeName }) => tradeName,
    sector: ({ sector }) => sector,
    sectorLabel: ({ sectorLabel }) => sectorLabel,
    recipientComplement: ({ address }) => address.recipientComplement,
    locationComplement: ({ address }) => address.locationComplement,
    houseNumber: ({ address }) => address.houseNumber,
    repetitionIndex: ({ address }) => address.repetitionIndex,
    streetType: ({ address }) => address.streetTypeLabel ?? address.streetTypeCode,
    streetName: ({ address }) => address.streetName,
    distribution: ({ address }) => address.distribution,
    cedex: ({ address }) => address.cedex,
    postalCode: ({ address }) => address.postalCode,
    communeCode: ({ address }) => address.communeCode,
    communeName: ({ address }) => address.communeName,
    countryCode: ({ address }) => address.countryCode,
    phone: ({ phone }) => phone,
    phone2: ({ phone2 }) => phone2,
    fax: ({ fax }) => fax,
    email: ({ email }) => email,
    mailboxes: addresses,
  },
);
