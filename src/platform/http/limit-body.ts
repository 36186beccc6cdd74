import type { MiddlewareHandler } from 'hono';
import { errors } from './http-errors.ts';
import type { AppEnv } from './site.ts';

/**
 * Answers 413 to a body of more than `maxBytes`. Without `Transfer-Encoding` the body is as long as its
 * `Content-Length`, or there is none (RFC 9112 section 6.3); a chunked one is read here, to be counted.
 */
export function limitBody(maxBytes: number): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (c.req.header('transfer-encoding') === undefined) {
      if (Number(c.req.header('content-length') ?? 0) > maxBytes) throw tooLarge();
      return next();
    }
    const { url, method, raw } = c.req;
    const body = await readBody(raw.body, maxBytes);
    c.req.raw = new Request(url, { method, headers: raw.headers, ...(body.length > 0 && { body }) });
    return next();
  };
}

async function readBody(stream: ReadableStream<Uint8Array> | null, maxBytes: number) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = () => errors('request.too_large');
