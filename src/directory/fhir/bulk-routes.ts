import type { Context } from 'hono';
import { clientAddress } from '#platform/http/client-address.ts';
import { setRetryAfter } from '#platform/http/retry-after.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { ExportDesk } from '../export/export-desk.ts';
import { exportLifetimeMs } from '../export/export-policy.ts';
import type { ExportRecord } from '../export/export-store.ts';
import { parseExportQuery } from './export-query.ts';
import { type FhirRoute, pathValue, queryOf } from './fhir-route.ts';
import type { FhirAccess } from './limit-calls.ts';
import { outcomes } from './outcome.ts';
import { renderInstant } from './render-resource.ts';
import type { SearchContext } from './search-parameter.ts';
import { sendExportFile } from './send-export-file.ts';

const path = '/_export';
/** How soon a client may ask again how far an export is. */
const retryAfterSeconds = 5;

/** FHIR Bulk Data Access 2.0, system level: https://hl7.org/fhir/uv/bulkdata/STU2/export.html */
export function createBulkRoutes(exports: ExportDesk, { keysOnly }: FhirAccess): FhirRoute[] {
  const findOrder = async (c: Context<AppEnv>): Promise<ExportRecord> => {
    const found = await exports.find(pathValue(c, 'id'));
    if (!found) throw outcomes.unknownExport();
    return found;
  };
  return [
    {
      method: 'GET',
      path: '/$export',
      declares: {
        operation: 'export',
        definition: 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export',
      },
      answer: (c, context) => takeOrder(c, exports, context),
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      answer: async (c, context) => tellState(c, await findOrder(c), { ...context, keysOnly }),
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      async answer(c) {
        if (!(await exports.cancel(pathValue(c, 'id')))) throw outcomes.unknownExport();
        return c.body(null, 202);
      },
    },
    {
      method: 'GET',
      path: `${path}/:id/:file`,
      async answer(c) {
        const { id, files } = await findOrder(c);
        const file = files.find(({ name }) => name === pathValue(c, 'file'));
        if (!file) throw outcomes.unknownExport();
        return sendExportFile(c, { ...file, path: exports.pathOf(id, file.name), tag: id });
      },
    },
  ];
}

type Telling = Pick<SearchContext, 'base'> & Pick<FhirAccess, 'keysOnly'>;

async function takeOrder(
  c: Context<AppEnv>,
  exports: ExportDesk,
  { now, base }: SearchContext,
): Promise<Response> {
  const wanted = parseExportQuery(queryOf(c));
  if (!/(^|[,;\s])respond-async($|[,;\s])/i.test(c.req.header('Prefer') ?? '')) throw outcomes.onlyAsync();
  const { pathname, search } = new URL(c.req.url);
  const request = new URL(pathname + search, base).href;
  const order = await exports.order({ ...wanted, request }, clientAddress(c));
  if ('retryAt' in order) {
    setRetryAfter(c, order.retryAt, now);
    throw outcomes.tooMany();
  }
  c.header('Content-Location', `${base}${path}/${order.id}`);
  return c.body(null, 202);
}

function tellState(c: Context<AppEnv>, order: ExportRecord, telling: Telling): Response {
  if (order.status === 'failed') throw outcomes.failedExport();
  if (order.status === 'done') return sendManifest(c, order, telling);
  c.header('X-Progress', order.status === 'waiting' ? 'waiting' : `${order.percent} %`);
  c.header('Retry-After', String(retryAfterSeconds));
  return c.body(null, 202);
}

function sendManifest(c: Context<AppEnv>, order: ExportRecord, { base, keysOnly }: Telling): Response {
  const { id, files, upTo, requestedAt, endedAt, request } = order;
  c.header('Expires', new Date((endedAt ?? requestedAt) + exportLifetimeMs).toUTCString());
  return c.json({
    // Of an empty directory nothing has changed before it was asked for.
    transactionTime: renderInstant(upTo || requestedAt),
    request,
    requiresAccessToken: keysOnly,
    output: files.map(({ type, name, count }) => ({ type, url: `${base}${path}/${id}/${name}`, count })),
    error: [],
  });
}
