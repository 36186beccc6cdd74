import { calmLine } from './calm-line.ts';
import type { RoleWithOrganization } from './fhir-client.ts';
import type { CodeableConcept, Organization, Practitioner, PractitionerRole } from './fhir-resources.ts';

/** A term of a nomenclature; `label` as the directory says it, in French. */
export interface Term {
  code: string;
  label: string | undefined;
}

/** One place of practice: an open structure where the person has an active role of their own. */
export interface Place {
  id: string;
  name: string | undefined;
  /** The name over the door, where it differs. */
  tradeName: string | undefined;
  address: string | undefined;
  phone: string | undefined;
  /** TRE_R23-ModeExercice, each once. */
  modes: Term[];
}

/** What the directory holds of one person. */
export interface DirectoryRecord {
  practitioner: Practitioner;
  roles: RoleWithOrganization[];
}

/** Roles at one structure are one place; ended roles and closed structures are none. In the order of their names. */
export function placesOf({ roles }: DirectoryRecord): Place[] {
  const byOrganization = new Map<string, { organization: Organization; roles: PractitionerRole[] }>();
  for (const { role, organization } of roles) {
    if (!organization?.active || !role.active || isLocum(role)) continue;
    const place = byOrganization.get(organization.id) ?? { organization, roles: [] };
    place.roles.push(role);
    byOrganization.set(organization.id, place);
  }
  const places = [...byOrganization.values()].map(({ organization, roles: own }) =>
    toPlace(organization, own),
  );
  return places.sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'fr'));
}

/** Locums work without a place of their own: GENR02 (TRE_R22-GenreActivite) or FON-22 (TRE_R21-Fonction). */
export function isLocum(role: PractitionerRole): boolean {
  const codes = role.code.flatMap(({ coding }) => coding.map(({ code }) => code));
  return codes.includes('GENR02') || codes.includes('FON-22');
}

/** TRE_G15-ProfessionSante, TRE_R94 (social), TRE_R95 (titles), TRE_R291 (others). */
export function professionsOf({ qualification }: Practitioner): Term[] {
  return termsOf(
    qualification.map(({ code }) => code),
    /TRE_(G15|R94|R95|R291)-/,
  );
}

function toPlace(organization: Organization, roles: PractitionerRole[]): Place {
  const [alias] = organization.alias;
  const name = organization.name ?? alias;
  return {
    id: organization.id,
    name,
    tradeName: alias !== name ? alias : undefined,
    address: addressOf(organization),
    phone: phoneOf(organization),
    modes: termsOf(
      roles.flatMap(({ code }) => code),
      /TRE_R23-/,
    ),
  };
}

function termsOf(concepts: readonly CodeableConcept[], system: RegExp): Term[] {
  const terms = new Map<string, Term>();
  for (const { code, display, system: own } of concepts.flatMap(({ coding }) => coding)) {
    if (code && own && system.test(own)) terms.set(code, { code, label: display });
  }
  return [...terms.values()];
}

function addressOf({ address: [address] }: Organization): string | undefined {
  if (!address) return undefined;
  const town = [address.postalCode, address.city].filter(Boolean).join(' ');
  return [...address.line.map(calmLine), town].filter(Boolean).join(', ') || undefined;
}

/** The first by rank; those without come last. */
function phoneOf({ telecom }: Organization): string | undefined {
  const phones = telecom.filter(({ system, value }) => system === 'phone' && value);
  const rank = (phone: (typeof phones)[number]) => phone.rank ?? Number.MAX_SAFE_INTEGER;
  return phones.sort((a, b) => rank(a) - rank(b))[0]?.value;
}
