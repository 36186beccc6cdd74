import { profiles } from './annuaire-profiles.ts';

export interface ProfiledResource {
  resourceType: string;
  active?: boolean;
  identifier?: BusinessIdentifier[];
  [element: string]: unknown;
}

interface BusinessIdentifier {
  type: { coding: { code: string }[] };
  system: string;
  value: string;
}

type Profile = NonNullable<(typeof profiles)[string]>;
type Part = Record<string, unknown>;

/** What a resource has otherwise than its profile of the annuaire's open data; empty where it conforms. */
export function findProfileFaults(resource: ProfiledResource): string[] {
  const profile = profiles[resource.resourceType];
  if (!profile) return [`no profile of ${resource.resourceType}`];
  return [
    ...elementFaults(resource, profile),
    ...identifierFaults(resource, profile),
    ...partFaults('', resource, profile),
  ];
}

function elementFaults(resource: ProfiledResource, { elements, inactive }: Profile): string[] {
  const { active } = resource;
  const forbidden = Object.keys(resource).filter(
    (element) => !(element in elements) || (!active && !inactive.includes(element)),
  );
  const missing = Object.entries(elements).filter(
    ([element, when]) => !(element in resource) && (when === 'always' || (active && when === 'active')),
  );
  return [
    ...forbidden.map((element) => `${element} is not of the profile`),
    ...missing.map(([element]) => `${element} is missing`),
  ];
}

function identifierFaults({ identifier = [] }: ProfiledResource, { identifiers }: Profile): string[] {
  const codes = identifier.map(({ type }) => type.coding[0]?.code ?? '');
  const national = identifier[codes.indexOf('IDNPS')]?.value ?? '';
  const always = Object.keys(identifiers).filter((code) => identifiers[code]?.always);
  if (national.startsWith('8')) always.push('RPPS');
  return [
    ...identifier.flatMap(({ system, value }, index) => {
      const rule = identifiers[codes[index] ?? ''];
      return rule?.system === system && rule.value.test(value) ? [] : [`identifier ${codes[index]} ${value}`];
    }),
    ...codes.filter((code, index) => codes.indexOf(code) !== index).map((code) => `two identifiers ${code}`),
    ...always.filter((code) => !codes.includes(code)).map((code) => `identifier ${code} is missing`),
  ];
}

/** Of an element and all within, by its path without indexes. */
function partFaults(path: string, value: unknown, profile: Profile): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => partFaults(path, one, profile));
  if (value === null || typeof value !== 'object') return fixedFaults(path, value, profile);
  const part = value as Part;
  const within = (name: string) => (path ? `${path}.${name}` : name);
  return [
    ...extensionFaults(path, part, profile),
    ...conceptFaults(path, part, profile),
    ...Object.entries(part).flatMap(([name, one]) => partFaults(within(name), one, profile)),
  ];
}

function fixedFaults(path: string, value: unknown, { fixed }: Profile): string[] {
  const allowed = fixed[path];
  return allowed && !allowed.includes(String(value)) ? [`${path} ${value}`] : [];
}

function extensionFaults(path: string, { url }: Part, { extensions }: Profile): string[] {
  if (!/(^|\.)extension$/.test(path)) return [];
  return extensions[path]?.includes(String(url)) ? [] : [`${path} ${url}`];
}

function conceptFaults(path: string, { coding }: Part, { concepts }: Profile): string[] {
  if (!Array.isArray(coding)) return [];
  const systems = coding.map(({ system }: Part) => system);
  const isKnown = concepts[path]?.some((allowed) => String(allowed) === String(systems));
  return isKnown ? [] : [`${path} ${systems}`];
}
