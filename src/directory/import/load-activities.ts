import type { ActivityColumn } from '../extract/columns.ts';
import type { ExtractHeader } from '../extract/extract-kind.ts';
import { formatHash, type Hash, hashText } from '../extract/hash.ts';
import { HashMap } from '../extract/hash-map.ts';
import { type Fields, readIdNatPs } from '../extract/read-extract.ts';
import type { GenerationBuilder, Value } from '../generation/generation-storage.ts';
import type { GenerationTable } from '../generation/schema.ts';
import { foldText } from '../names.ts';
import { formatOrganizationId, formatPractitionerId, formatRoleId } from '../technical-id.ts';
import type { Labels } from './labels.ts';
import { createFieldReader, joinValues, orNull } from './row-keys.ts';

/** The codes of an activity row that have labels, and the column of each label. */
const labelled: [ActivityColumn, ActivityColumn][] = [
  ['profession', 'professionLabel'],
  ['category', 'categoryLabel'],
  ['expertiseType', 'expertiseTypeLabel'],
  ['mode', 'modeLabel'],
  ['sector', 'sectorLabel'],
  ['pharmacistSection', 'pharmacistSectionLabel'],
  ['role', 'roleLabel'],
  ['activityKind', 'activityKindLabel'],
];

const practitionerContent: ActivityColumn[] = [
  ...(['familyName', 'givenName', 'civility', 'exerciseCivility', 'registrationAuthority'] as const),
];

const organizationContent: ActivityColumn[] = [
  ...(['formerId', 'siret', 'siren', 'finessSite', 'finessLegalEntity', 'name', 'tradeName'] as const),
  ...([
    'recipientComplement',
    'locationComplement',
    'houseNumber',
    'repetitionIndex',
    'streetTypeCode',
  ] as const),
  ...(['streetTypeLabel', 'streetName', 'distribution', 'cedex', 'postalCode', 'communeCode'] as const),
  ...(['communeName', 'countryCode', 'countryName', 'phone', 'phone2', 'fax', 'email'] as const),
  ...(['departmentCode', 'departmentName', 'sector'] as const),
];

const roleKey: ActivityColumn[] = ['profession', 'mode', 'sector', 'role', 'activityKind'];

const nothing: Hash = { high: 0, low: 0 };

/**
 * Turns the rows of Personne_activite into practitioners, their qualifications, roles and organizations. Most rows
 * repeat what an earlier one told of the person or place: what is already loaded is not sent again.
 */
export function createActivityLoader(
  header: ExtractHeader,
  builder: GenerationBuilder,
  labels: Labels,
): (fields: Fields) => void {
  const read = createFieldReader<ActivityColumn>(header.positions);
  const loaded = new HashMap();

  function put(table: GenerationTable, key: Hash, values: (content: Hash) => Value[], content: string): void {
    const hash = hashText(content);
    if (loaded.set(key, hash)) builder.put(table, values(hash));
  }

  function loadPractitioner(fields: Fields, idNatPs: string): string {
    const key = hashText(idNatPs);
    const id = formatPractitionerId(key);
    const content = practitionerContent.map((column) => orNull(read(fields, column)));
    const [familyName = null, givenName = null, civility = null, exerciseCivility = null, authority = null] =
      content;
    const rpps = idNatPs.length === 12 && idNatPs.startsWith('8') ? idNatPs.slice(1) : null;
    put(
      'practitioner',
      key,
      (hash) => [
        ...[id, formatHash(hash), idNatPs, rpps, familyName, givenName, null, civility, exerciseCivility],
        ...[authority, foldText(familyName ?? ''), foldText(givenName ?? '')],
      ],
      joinValues(content),
    );
    return id;
  }

  function loadQualification(fields: Fields, practitionerId: string): void {
    const values = [
      practitionerId,
      ...(['profession', 'category', 'expertiseType', 'expertise'] as const).map((column) =>
        read(fields, column),
      ),
    ];
    if (loaded.set(hashText(`q${joinValues(values)}`), nothing)) builder.put('qualification', values);
  }

  function loadOrganization(fields: Fields): string | null {
    const technicalId = read(fields, 'technicalId');
    if (technicalId === '') return null;
    const key = hashText(technicalId);
    const id = formatOrganizationId(key);
    const content = organizationContent.map((column) => orNull(read(fields, column)));
    // Of the person whose row it is: no content of the place, whose version must not move with it.
    const authority = orNull(read(fields, 'registrationAuthority'));
    put(
      'organization',
      key,
      (hash) => [id, formatHash(hash), technicalId, ...content, authority, ...organizationSearch(fields)],
      `o${joinValues(content)}`,
    );
    return id;
  }

  function organizationSearch(fields: Fields): string[] {
    const lines = [
      read(fields, 'recipientComplement'),
      read(fields, 'locationComplement'),
      streetLine(fields),
      read(fields, 'distribution'),
    ];
    return [
      foldText(read(fields, 'name')),
      foldText(read(fields, 'tradeName')),
      foldText(read(fields, 'communeName') || read(fields, 'cedex').replace(/^\d{5}\s+/, '')),
      lines.map((line) => `\n${foldText(line)}`).join(''),
    ];
  }

  function streetLine(fields: Fields): string {
    const columns = ['houseNumber', 'repetitionIndex', 'streetTypeLabel', 'streetName'] as const;
    return columns
      .map((column) => read(fields, column))
      .filter((part) => part !== '')
      .join(' ');
  }

  function loadRole(fields: Fields, practitionerId: string, organizationId: string | null): void {
    const codes = roleKey.map((column) => read(fields, column));
    const key = hashText(joinValues([practitionerId, organizationId, ...codes]));
    const content = [read(fields, 'pharmacistSection'), read(fields, 'registrationAuthority')];
    const values = [practitionerId, organizationId, ...codes.map(orNull), ...content.map(orNull)];
    put(
      'practitioner_role',
      key,
      (hash) => [formatRoleId(key), formatHash(hash), ...values],
      joinValues(content),
    );
  }

  function addLabels(fields: Fields): void {
    for (const [code, label] of labelled) labels.add(code, read(fields, code), read(fields, label));
    labels.addTyped(
      'expertise',
      read(fields, 'expertiseType'),
      read(fields, 'expertise'),
      read(fields, 'expertiseLabel'),
    );
  }

  return (fields) => {
    const practitionerId = loadPractitioner(fields, readIdNatPs(header, fields));
    loadQualification(fields, practitionerId);
    loadRole(fields, practitionerId, loadOrganization(fields));
    addLabels(fields);
  };
}
