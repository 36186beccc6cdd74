import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachEngine } from '../../../tests/support/databases.ts';
import { openTestDirectory } from '../../../tests/support/test-directory.ts';
import type {
  Condition,
  DirectoryReader,
  Filter,
  LinkFilter,
  OrganizationField,
  PractitionerField,
  RoleField,
} from '../directory-store.ts';
import { extractHeader } from '../extract/format-extract.ts';
import { generateExtract } from '../generate/generate-extract.ts';
import { createRandom, type Random } from '../generate/random.ts';
import { foldText } from '../names.ts';
import type { Organization } from '../organization.ts';
import type { Practitioner } from '../practitioner.ts';
import type { PractitionerRole } from '../practitioner-role.ts';

// Enough that some filters find more than a search gathers first.
const rows = 13_000;
const questions = 60;

interface Everything {
  practitioners: Practitioner[];
  roles: PractitionerRole[];
  organizations: Organization[];
  rolesOf: Map<string, PractitionerRole[]>;
  rolesAt: Map<string | null, PractitionerRole[]>;
  people: Map<string, Practitioner>;
  places: Map<string, Organization>;
}

type Value = string | number | boolean | null;
type Text = { text: string };
/** What a field reads of an item; a `text` is sought without regard to case and accents. */
type Readers<Field extends string, Item> = Partial<
  Record<Field, (item: Item, all: Everything) => (Value | Text)[]>
>;

const text = (value: string | null): Text[] => (value ? [{ text: value }] : []);
const common = {
  id: ({ id }: { id: string }) => [id],
  active: ({ active }: { active: boolean }) => [active],
  lastUpdatedAt: ({ lastUpdatedAt }: { lastUpdatedAt: number }) => [lastUpdatedAt],
  registrationAuthority: ({ registrationAuthority }: { registrationAuthority: string | null }) => [
    registrationAuthority,
  ],
};

const practitioners: Readers<PractitionerField, Practitioner> = {
  ...common,
  idNatPs: ({ idNatPs }) => [idNatPs],
  familyName: ({ familyName }) => text(familyName),
  givenName: ({ givenName }) => text(givenName),
  name: ({ familyName, givenName }) => [...text(familyName), ...text(givenName)],
  profession: ({ qualifications }) => qualifications.map(({ profession }) => profession),
  category: ({ qualifications }) => qualifications.map(({ category }) => category),
  expertise: ({ qualifications }) => qualifications.flatMap((one) => one.expertise.map(({ code }) => code)),
};

const roles: Readers<RoleField, PractitionerRole> = {
  ...common,
  practitionerId: ({ practitionerId }) => [practitionerId],
  organizationId: ({ organizationId }) => [organizationId],
  profession: ({ profession }) => [profession],
  mode: ({ mode }) => [mode],
  sector: ({ sector }) => [sector],
  role: ({ role }) => [role],
  activityKind: ({ activityKind }) => [activityKind],
};

const organizations: Readers<OrganizationField, Organization> = {
  ...common,
  technicalId: ({ technicalId }) => [technicalId],
  formerId: ({ formerId }) => [formerId],
  siret: ({ siret }) => [siret],
  siren: ({ siren }) => [siren],
  finessSite: ({ finessSite }) => [finessSite],
  finessLegalEntity: ({ finessLegalEntity }) => [finessLegalEntity],
  name: ({ name }) => text(name),
  tradeName: ({ tradeName }) => text(tradeName),
  city: ({ address }) => text(address.communeName),
  sector: ({ sector }) => [sector],
  postalCode: ({ address }) => [address.postalCode],
  communeCode: ({ address }) => [address.communeCode],
};

function meets<Item>(
  item: Item,
  filter: Filter<string>,
  readers: Readers<string, Item>,
  all: Everything,
): boolean {
  const meetsPart = (part: Filter<string>) => meets(item, part, readers, all);
  if ('anyOf' in filter) return filter.anyOf.some(meetsPart);
  if ('allOf' in filter) return filter.allOf.every(meetsPart);
  if ('noneOf' in filter) return !filter.noneOf.some(meetsPart);
  if ('link' in filter) return meetsLink(item as { id: string }, filter, all);
  return (readers[filter.field]?.(item, all) ?? []).some((value) => agrees(value, filter));
}

function meetsLink(item: { id: string }, { link, where }: LinkFilter, all: Everything): boolean {
  const { practitionerId, organizationId } = item as PractitionerRole;
  const every = <Item>(one: Item | undefined, readers: Readers<string, Item>) =>
    one !== undefined && where.every((filter) => meets(one, filter, readers, all));
  if (link === 'rolePractitioner') return every(all.people.get(practitionerId), practitioners);
  if (link === 'roleOrganization') return every(all.places.get(organizationId ?? ''), organizations);
  const tied = (link === 'practitionerRoles' ? all.rolesOf : all.rolesAt).get(item.id) ?? [];
  return tied.some((role) => every(role, roles));
}

function agrees(value: Value | Text, { match, values }: Condition<string>): boolean {
  if (value === null || value === '') return false;
  const [own, fold] =
    typeof value === 'object' ? [value.text, foldText] : [value, (other: string): string => other];
  if (match === 'present') return true;
  if (match === 'equals') return values.includes(own);
  return values.some((other) => {
    if (match === 'startsWith') return fold(String(own)).startsWith(fold(String(other)));
    if (match === 'contains') return fold(String(own)).includes(fold(String(other)));
    if (match === 'gt') return own > other;
    return match === 'ge' ? own >= other : match === 'lt' ? own < other : own <= other;
  });
}

function invent<Item>(
  random: Random,
  readers: Readers<string, Item>,
  items: readonly Item[],
  all: Everything,
): Filter<string> {
  const again = () => invent(random, readers, items, all);
  const choice = random.below(20);
  if (choice === 0) return { noneOf: [again()] };
  if (choice < 3) return { anyOf: [again(), again()] };
  if (choice < 5) return { allOf: [again(), again()] };
  if (choice < 9) return inventLink(random, readers, all);
  return inventCondition(random, readers, items, all);
}

function inventLink<Item>(random: Random, readers: Readers<string, Item>, all: Everything): Filter<string> {
  const where = <Other>(others: Readers<string, Other>, items: readonly Other[]) =>
    Array.from({ length: 1 + random.below(2) }, () => inventCondition(random, others, items, all));
  const { roles: held, organizations: places, practitioners: people } = all;
  if ((readers as object) === practitioners)
    return { link: 'practitionerRoles', where: where(roles, held) as Filter<RoleField>[] };
  if ((readers as object) === organizations)
    return { link: 'organizationRoles', where: where(roles, held) as Filter<RoleField>[] };
  if (random.chance(0.5))
    return { link: 'rolePractitioner', where: where(practitioners, people) as Filter<PractitionerField>[] };
  return { link: 'roleOrganization', where: where(organizations, places) as Filter<OrganizationField>[] };
}

/** One that is true of something. */
function inventCondition<Item>(
  random: Random,
  readers: Readers<string, Item>,
  items: readonly Item[],
  all: Everything,
): Condition<string> {
  const field = random.pick(Object.keys(readers));
  const read = () => {
    const values = readers[field]?.(random.pick(items), all) ?? [];
    const value = values.length > 0 ? random.pick(values) : null;
    return value !== null && typeof value === 'object' ? value.text : value;
  };
  const values = [read(), read()].filter((value) => value !== null);
  const [value = 'nothing'] = values;
  if (typeof value === 'boolean') return { field, match: 'equals', values: [value] };
  if (typeof value === 'number')
    return { field, match: random.pick(['ge', 'lt', 'gt', 'le']), values: [value] };
  if (/id$/i.test(field) || random.chance(0.6)) return { field, match: 'equals', values };
  return { field, match: 'startsWith', values: [value.slice(0, 1 + random.below(4))] };
}

async function readEverything(reader: DirectoryReader): Promise<Everything> {
  const all = { where: [], limit: 100_000 };
  const [people, held, places] = [
    await reader.searchPractitioners(all),
    await reader.searchRoles(all),
    await reader.searchOrganizations(all),
  ];
  return {
    ...{ practitioners: people, roles: held, organizations: places },
    rolesOf: Map.groupBy(held, ({ practitionerId }) => practitionerId),
    rolesAt: Map.groupBy(held, ({ organizationId }) => organizationId),
    people: new Map(people.map((person) => [person.id, person])),
    places: new Map(places.map((place) => [place.id, place])),
  };
}

forEachEngine((engine) => {
  test('what a search finds is what a look at every resource finds, page after page, and its count', async (t) => {
    const { directory, write } = await openTestDirectory(t, engine);
    const lines = [...generateExtract({ rows, seed: 'search' })];
    const days = { '202611230300': lines, '202611240300': lines.filter((_, index) => index % 40 > 0) };
    for (const [date, shown] of Object.entries(days))
      await directory.importExtracts([
        await write(`PS_LibreAcces_Personne_activite_${date}.txt`, [extractHeader, ...shown]),
      ]);
    const reader = await directory.store.current();
    const all = await readEverything(reader);
    const random = createRandom('search');

    type Search = { where: readonly Filter<never>[]; limit: number; afterId?: string; beforeId?: string };
    async function compare<Item extends { id: string }>(
      items: readonly Item[],
      readers: Readers<string, Item>,
      search: (search: Search) => Promise<{ id: string }[]>,
      count: (where: readonly Filter<never>[], atMost?: number) => Promise<number>,
    ): Promise<void> {
      for (let question = 0; question < questions; question++) {
        const filters = Array.from({ length: 1 + random.below(3) }, () =>
          invent(random, readers, items, all),
        );
        const where = filters as Filter<never>[];
        const expected = items
          .filter((item) => filters.every((filter) => meets(item, filter, readers, all)))
          .map(({ id }) => id);
        const asked = JSON.stringify(where);
        const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id);
        const middle = expected[Math.floor(expected.length / 2)];
        assert.deepEqual(idsOf(await search({ where, limit: 20 })), expected.slice(0, 20), asked);
        assert.equal(await count(where), expected.length, asked);
        assert.equal(await count(where, 7), Math.min(7, expected.length), asked);
        if (middle === undefined) continue;
        const at = expected.indexOf(middle);
        const [after, before] = [
          await search({ where, limit: 20, afterId: middle }),
          await search({ where, limit: 20, beforeId: middle }),
        ];
        assert.deepEqual(idsOf(after), expected.slice(at + 1, at + 21), asked);
        assert.deepEqual(idsOf(before), expected.slice(Math.max(at - 20, 0), at), asked);
      }
    }
    await compare(all.practitioners, practitioners, reader.searchPractitioners, reader.countPractitioners);
    await compare(all.roles, roles, reader.searchRoles, reader.countRoles);
    await compare(all.organizations, organizations, reader.searchOrganizations, reader.countOrganizations);
  });
});
