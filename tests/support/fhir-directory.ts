import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface FhirDirectory {
  /** Base of the API. */
  url: URL;
  /** Path and query of each request so far. */
  requests: URL[];
  /** Headers of the last request. */
  headers(): NodeJS.Dict<string | string[]>;
  /** What each request is answered from now on. */
  answer(answer: Answer): void;
  stop(): Promise<void>;
}

/** The resources that a search finds, or a status and body of their own. */
export type Answer = (request: URL) => object[] | { status: number; body: string };

/** A directory that is not ours: FHIR bundles over HTTP, one resource a page where `pageSize` is 1. */
export async function startFhirDirectory(
  t: TestContext,
  { pageSize = 50, publicUrl }: { pageSize?: number; publicUrl?: string } = {},
): Promise<FhirDirectory> {
  const requests: URL[] = [];
  let headers: NodeJS.Dict<string | string[]> = {};
  let answer: Answer = () => [];
  const server = createServer((req, res) => {
    const address = new URL(req.url ?? '/', 'http://localhost');
    headers = req.headers;
    requests.push(address);
    const found = answer(address);
    const { status, body } = Array.isArray(found)
      ? { status: 200, body: JSON.stringify(bundle(found, address, pageSize, publicUrl ?? base())) }
      : found;
    res.writeHead(status, { 'content-type': 'application/fhir+json;charset=UTF-8' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = () => `http://localhost:${(server.address() as AddressInfo).port}/fhir/v2`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const url = new URL(base());
  t.after(stop);
  return {
    url,
    requests,
    headers: () => headers,
    answer: (next) => {
      answer = next;
    },
    stop,
  };
}

function bundle(found: object[], address: URL, pageSize: number, base: string): object {
  const from = Number(address.searchParams.get('from') ?? 0);
  const page = found.slice(from, from + pageSize);
  const next = new URLSearchParams(address.searchParams);
  next.set('from', String(from + pageSize));
  const more = from + pageSize < found.length;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(page.length > 0 ? { entry: page.map((resource) => ({ resource })) } : {}),
    link: [
      ...(more ? [{ relation: 'next', url: `${base}/${address.pathname.split('/').at(-1)}?${next}` }] : []),
      { relation: 'self', url: address.href },
    ],
  };
}

const nos = (name: string) => `https://mos.esante.gouv.fr/NOS/${name}/FHIR/${name.replace('_', '-')}`;
const concept = (system: string, code: string, display?: string) => ({
  coding: [{ system: nos(system), code, ...(display ? { display } : {}) }],
});

/** A nurse's record, in the shapes of the annuaire. */
export function practitioner(changes: object = {}): object {
  return {
    resourceType: 'Practitioner',
    id: 'p1',
    active: true,
    qualification: [
      { code: concept('TRE_R48-DiplomeEtatFrancais', 'DE09') },
      { code: concept('TRE_G15-ProfessionSante', '60', 'Infirmier') },
    ],
    ...changes,
  };
}

export function role(id: string, organizationId: string | undefined, changes: object = {}): object {
  return {
    resourceType: 'PractitionerRole',
    id,
    active: true,
    practitioner: { reference: 'Practitioner/p1' },
    ...(organizationId ? { organization: { reference: `Organization/${organizationId}` } } : {}),
    code: [
      concept('TRE_R22-GenreActivite', 'GENR01'),
      concept('TRE_R23-ModeExercice', 'L', 'Libéral, indépendant, artisan, commerçant'),
      concept('TRE_R21-Fonction', 'FON-01', 'Titulaire de cabinet'),
    ],
    ...changes,
  };
}

export const locumCodes = { code: [concept('TRE_R22-GenreActivite', 'GENR02')] };
export const employedCodes = { code: [concept('TRE_R23-ModeExercice', 'S', 'Salarié')] };

export function organization(id: string, name: string, changes: object = {}): object {
  return {
    resourceType: 'Organization',
    id,
    active: true,
    name,
    telecom: [
      { system: 'phone', value: '0297000013', rank: 2 },
      { system: 'phone', value: '0297000012', rank: 1 },
      { system: 'fax', value: '0297000014' },
    ],
    address: [{ line: ['12 rue des Halles'], postalCode: '56100', city: 'Lorient' }],
    ...changes,
  };
}
