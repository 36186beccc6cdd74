import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { resourceTypes } from './resource.ts';

/**
 * Where a page lies: all that a server needs to go on, so that none keeps a search open.
 * `query` is the search as it was asked, `after` or `before` the id beside which the page begins or ends.
 */
const pageSchema = z.strictObject({
  generation: z.int().nonnegative(),
  type: z.enum(resourceTypes),
  query: z.string(),
  after: z.string().max(64).optional(),
  before: z.string().max(64).optional(),
  total: z.int().nonnegative().optional(),
});

export type Page = z.infer<typeof pageSchema>;

const checksumBytes = 12;
/** A form post may be this long; an id that unfolds to more was not written here. */
const maxPageBytes = 300_000;

/** An opaque id for a `next` or `previous` link. It is no secret: what it holds is parsed again like any query. */
export function formatPageId(page: Page): string {
  const body = deflateRawSync(JSON.stringify(page));
  return Buffer.concat([checksum(body), body]).toString('base64url');
}

/** `undefined` where a single character differs from what `formatPageId` wrote. */
export function parsePageId(id: string): Page | undefined {
  const bytes = Buffer.from(id, 'base64url');
  const body = bytes.subarray(checksumBytes);
  if (bytes.toString('base64url') !== id) return undefined;
  if (!checksum(body).equals(bytes.subarray(0, checksumBytes))) return undefined;
  return pageSchema.safeParse(unfold(body)).data;
}

function unfold(body: Buffer): unknown {
  try {
    return JSON.parse(inflateRawSync(body, { maxOutputLength: maxPageBytes }).toString());
  } catch {
    return undefined;
  }
}

function checksum(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, checksumBytes);
}
