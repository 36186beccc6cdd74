import {
  type Organization,
  type Practitioner,
  type PractitionerRole,
  parseSearchPage,
  type Resource,
} from './fhir-resources.ts';

export interface FhirClientOptions {
  /** Base of the FHIR API, such as `http://localhost:4004/fhir/v2`. */
  baseUrl: URL;
  /** Sent as `ESANTE-API-KEY` where the directory asks for one. */
  apiKey?: string;
  timeoutMs?: number;
}

export interface RoleWithOrganization {
  role: PractitionerRole;
  organization: Organization | undefined;
}

export interface FhirClient {
  /** By the wire form of the national identifier, with its prefix. */
  findPractitioner(idNatPs: string): Promise<Practitioner | undefined>;
  findRoles(practitionerId: string): Promise<RoleWithOrganization[]>;
}

/** The directory did not give a usable answer; `reason` is for the log. */
export class DirectoryUnavailable extends Error {
  override name = 'DirectoryUnavailable';
  readonly reason: string;

  constructor(reason: string, cause?: unknown) {
    super(`The directory gave no usable answer: ${reason}.`, { cause });
    this.reason = reason;
  }
}

/** System of idNatPs in the annuaire. */
const idNatPsSystem = 'urn:oid:1.2.250.1.71.4.2.1';

/** Somebody with more roles than this many pages hold has a faulty record. */
const maxPages = 10;
const defaultTimeoutMs = 8_000;

/** Reads the directory over FHIR R4, as any other software would (https://hl7.org/fhir/R4/http.html#search). */
export function createFhirClient(options: FhirClientOptions): FhirClient {
  return {
    async findPractitioner(idNatPs) {
      const found = await search(options, 'Practitioner', { identifier: `${idNatPsSystem}|${idNatPs}` });
      return found.find((resource) => resource.resourceType === 'Practitioner');
    },
    async findRoles(practitionerId) {
      const found = await search(options, 'PractitionerRole', {
        practitioner: `Practitioner/${practitionerId}`,
        _include: 'PractitionerRole:organization',
      });
      return joinOrganizations(found);
    },
  };
}

function joinOrganizations(resources: Resource[]): RoleWithOrganization[] {
  const organizations = new Map<string, Organization>();
  for (const resource of resources) {
    if (resource.resourceType === 'Organization') organizations.set(resource.id, resource);
  }
  return resources
    .filter((resource) => resource.resourceType === 'PractitionerRole')
    .map((role) => ({ role, organization: organizations.get(referencedId(role.organization?.reference)) }));
}

/** `Organization/<id>`, or the same as a whole address. */
function referencedId(reference = ''): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

async function search(
  options: FhirClientOptions,
  type: string,
  parameters: Record<string, string>,
): Promise<Resource[]> {
  const found: Resource[] = [];
  let address: URL | undefined = below(options.baseUrl, `/${type}?${new URLSearchParams(parameters)}`);
  for (let page = 0; address && page < maxPages; page++) {
    const { resources, next } = await fetchPage(options, address);
    found.push(...resources);
    address = next === undefined ? undefined : nextPage(options.baseUrl, next);
  }
  return found;
}

function below(baseUrl: URL, rest: string): URL {
  return new URL(baseUrl.pathname.replace(/\/$/, '') + rest, baseUrl);
}

/**
 * The directory writes links under its public address, which this server need not be able to reach; nor may an
 * answer send us anywhere else. So only what lies below the base is taken from a link.
 */
function nextPage(baseUrl: URL, link: string): URL {
  const { pathname, search: query } = new URL(link, baseUrl);
  if (!pathname.startsWith(below(baseUrl, '/').pathname)) throw new DirectoryUnavailable('foreign link');
  return new URL(pathname + query, baseUrl);
}

async function fetchPage({ apiKey, timeoutMs = defaultTimeoutMs }: FhirClientOptions, address: URL) {
  const response = await request(address, apiKey, timeoutMs);
  if (!response.ok) throw new DirectoryUnavailable(`status ${response.status}`);
  try {
    return parseSearchPage(await response.json());
  } catch (error) {
    throw new DirectoryUnavailable('unreadable', error);
  }
}

async function request(address: URL, apiKey: string | undefined, timeoutMs: number): Promise<Response> {
  const headers = { accept: 'application/fhir+json', ...(apiKey ? { 'ESANTE-API-KEY': apiKey } : {}) };
  try {
    return await fetch(address, { headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new DirectoryUnavailable(error instanceof DOMException ? 'timeout' : 'unreachable', error);
  }
}
