import { hash } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Lane } from './lane.ts';

/** Documents that are the same for everybody until keys change: discovery and the key set. */
export interface Published {
  /** Keeps what the library has answered, as bytes. */
  keep(ctx: KoaContextWithOIDC): void;
  /** The next one is the library's again. */
  forget(): void;
  /** Answers with the document that was kept for this route of the library. */
  laneOf(route: string): Lane;
}

interface PublishedDocument {
  bytes: Buffer;
  headers: Record<string, string>;
}

/** Shorter than a new key is published before it signs. */
const keySetSeconds = 600;

export function createPublished(): Published {
  const kept = new Map<string, PublishedDocument>();
  return {
    keep(ctx) {
      const bytes = Buffer.from(JSON.stringify(ctx.body));
      const own = {
        etag: `"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`,
        ...(ctx.oidc.route === 'jwks' ? { 'cache-control': `public, max-age=${keySetSeconds}` } : {}),
      };
      ctx.set(own);
      const headers = { ...own, vary: 'Origin', 'content-type': ctx.response.get('content-type') };
      kept.set(ctx.oidc.route, { bytes, headers });
    },

    forget: () => kept.clear(),

    laneOf: (route) => async (req, res) => {
      const known = kept.get(route);
      if (!known || (req.method !== 'GET' && req.method !== 'HEAD')) return false;
      const { bytes, headers } = known;
      const isFresh = req.headers['if-none-match'] === headers.etag;
      const length = isFresh ? {} : { 'content-length': bytes.length };
      const open = { 'access-control-allow-origin': req.headers.origin ?? '*' };
      res.writeHead(isFresh ? 304 : 200, { ...headers, ...open, ...length });
      res.end(isFresh || req.method === 'HEAD' ? undefined : bytes);
      return true;
    },
  };
}
