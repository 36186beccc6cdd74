import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '#platform/http/site.ts';

/** Shorter ones fit into one packet anyway. */
const leastBytes = 1400;

const compressions = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (body: Buffer) => promisify(gzip)(body),
};
type Encoding = keyof typeof compressions;

/** Answers by brotli or gzip to who accepts them. */
export const compressAnswers: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  // A file of an export has its own way to be compressed.
  if (c.res.headers.has('Accept-Ranges')) return;
  c.header('Vary', 'Accept-Encoding', { append: true });
  const encoding = findEncoding(c.req.header('Accept-Encoding') ?? '');
  if (!encoding || !c.res.body || c.res.status !== 200) return;
  const body = Buffer.from(await c.res.arrayBuffer());
  const { headers } = c.res;
  if (body.byteLength < leastBytes) {
    c.res = new Response(body, { headers });
    return;
  }
  headers.delete('Content-Length');
  headers.set('Content-Encoding', encoding);
  c.res = new Response(await compressions[encoding](body), { headers });
};

function findEncoding(accepted: string): Encoding | undefined {
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(accepted) ? 'gzip' : undefined;
}
