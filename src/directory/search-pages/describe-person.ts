import type { Locale } from '#platform/html/messages.ts';
import type { RoleWithOrganization } from '../directory-store.ts';
import type { Address } from '../organization.ts';
import type { Practitioner } from '../practitioner.ts';
import { searchMessages } from './search-messages.ts';

const smallWords = /(?<=\s)(d['’]|(?:du?|de|des|la|le|les|et|sur|sous|en|aux?)(?=\s))/giu;

/** The extracts write in capitals: "Anne d'Éloï" and "rue des Halles" read better. */
export function calmName(text: string): string {
  const capitals = text
    .toLowerCase()
    .replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
  return capitals.replace(smallWords, (word) => word.toLowerCase());
}

export const fullName = ({ givenName, familyName }: Practitioner): string =>
  `${calmName(givenName)} ${calmName(familyName)}`.trim();

export function professionsOf({ qualifications }: Practitioner): string {
  return [
    ...new Set(qualifications.map(({ profession, professionLabel }) => professionLabel ?? profession)),
  ].join(', ');
}

export function expertiseOf({ qualifications }: Practitioner): string {
  const labels = qualifications.flatMap(({ expertise }) => expertise.map(({ code, label }) => label ?? code));
  return [...new Set(labels)].join(', ');
}

export function nameMode(code: string | null, locale: Locale): string {
  const modes: Readonly<Record<string, string>> = searchMessages(locale).modes;
  return code === null ? '' : (modes[code] ?? code);
}

/** A place, and as what somebody works there: several roles may be held at one. */
export interface PersonPlace {
  organization: NonNullable<RoleWithOrganization['organization']>;
  roles: RoleWithOrganization[];
}

/** The open places of active roles, each once. */
export function placesOf(roles: readonly RoleWithOrganization[]): PersonPlace[] {
  const active = roles.filter(({ active, organization }) => active && organization?.active);
  return [...Map.groupBy(active, ({ organizationId }) => organizationId).values()].flatMap((held) => {
    const organization = held[0]?.organization;
    return organization ? [{ organization, roles: held }] : [];
  });
}

export function townOf({ communeName, cedex }: Address): string {
  return communeName ?? cedex?.replace(/^\d{5}\s+/, '') ?? '';
}

/** "12 rue des Halles, 56100 Lorient"; empty where nothing is known. */
export function addressLine(address: Address): string {
  const { houseNumber, repetitionIndex, streetTypeLabel, streetName, postalCode } = address;
  const street = [houseNumber, repetitionIndex, [streetTypeLabel, streetName].filter(Boolean).join(' ')];
  const town = [postalCode, townOf(address)];
  return [street, town]
    .map((parts) => calmName(parts.filter(Boolean).join(' ')))
    .filter(Boolean)
    .join(', ');
}
