import type { Context, MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import type { AppEnv } from '#platform/http/site.ts';
import { errors } from '../errors.ts';

/** Any page in any browser can reach loopback: its requests carry its `Origin`, and only our own may. */
export const ownOriginOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  const origin = c.req.header('origin');
  if (origin !== undefined && origin !== c.var.site.url.origin)
    throw errors('request.foreign_origin', 'Origin');
  await next();
};

/** A form of another site can send any text, but not this media type without asking first (CORS). */
export const jsonOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (hasBody(c) && mediaType(c) !== 'application/json') throw errors('request.not_json', 'Content-Type');
  await next();
};

/** Reads a body by its schema; the problem names the first field that is wrong, never its value. */
export async function parseBody<Schema extends z.ZodType>(
  c: Context<AppEnv>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw errors('request.invalid', fieldOf(parsed.error));
  return parsed.data;
}

function fieldOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  return unknown ?? (issue?.path.join('.') || 'body');
}

function hasBody(c: Context<AppEnv>): boolean {
  const length = c.req.header('content-length');
  return c.req.header('transfer-encoding') !== undefined || (length !== undefined && length !== '0');
}

function mediaType(c: Context<AppEnv>): string | undefined {
  return c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
}
