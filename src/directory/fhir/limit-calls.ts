import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { clientAddress } from '#platform/http/client-address.ts';
import { setRetryAfter } from '#platform/http/retry-after.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { RateLimiter } from '#platform/rate-limit/rate-limiter.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import { fhirPath } from './fhir-routes.ts';
import { outcomes } from './outcome.ts';

/** Who may call, and how often. */
export interface FhirAccess {
  /** Only whoever has a key; else everybody. */
  keysOnly: boolean;
  /** Calls in a second. */
  callsByKey: number;
  /** Calls in a second of an address without a key; `undefined`: as many as it likes. */
  callsByAddress: number | undefined;
  /** The portal's own key, which no limit holds for: it asks for many people. */
  portalKey: string | undefined;
}

/** As the national API: everybody who has a key may call 17 times in a second. */
export const openAccess: FhirAccess = {
  keysOnly: false,
  callsByKey: 17,
  callsByAddress: undefined,
  portalKey: undefined,
};

interface Dependencies {
  keys: ApiKeys;
  database: Database;
  clock: Clock;
  limiter: RateLimiter;
  access: FhirAccess;
}

/** The header of the national API. */
const keyHeader = 'ESANTE-API-KEY';
const windowMs = 1_000;
/** What a client reads before it asks for a key. */
const openPath = `${fhirPath}/metadata`;

/** Whose calls are counted together, and how many there may be. */
interface Caller {
  counted: string;
  most: number;
}

/**
 * Lets callers in by their key, and counts their calls. Headers as in draft-ietf-httpapi-ratelimit-headers-06. Where
 * no key was ever made the header is not looked at: a client of the national API may send its own.
 */
export function limitCalls({
  keys,
  database,
  clock,
  limiter,
  access,
}: Dependencies): MiddlewareHandler<AppEnv> {
  async function findCaller(c: Context<AppEnv>): Promise<Caller | undefined> {
    const key = c.req.header(keyHeader);
    if (isSame(key, access.portalKey)) return undefined;
    const holder = key === undefined ? undefined : await keys.findHolder(key);
    if (holder !== undefined) return { counted: `fhir key ${holder}`, most: access.callsByKey };
    if (key !== undefined && (access.keysOnly || (await keys.any()))) throw refuse(c, outcomes.unknownKey());
    if (access.keysOnly && c.req.path !== openPath) throw refuse(c, outcomes.missingKey());
    const most = access.callsByAddress;
    return most === undefined ? undefined : { counted: `fhir address ${clientAddress(c)}`, most };
  }

  return async (c, next) => {
    const caller = await findCaller(c);
    if (caller) await count(c, caller);
    await next();
  };

  async function count(c: Context<AppEnv>, { counted, most }: Caller): Promise<void> {
    const now = clock.now();
    const { left, endsAt } = await database.write((unit) => limiter.count(unit, counted, { most, windowMs }));
    c.header('RateLimit-Limit', String(most));
    c.header('RateLimit-Remaining', String(Math.max(0, left)));
    c.header('RateLimit-Reset', String(Math.max(0, Math.ceil((endsAt - now) / 1000))));
    if (left >= 0) return;
    setRetryAfter(c, endsAt, now);
    throw outcomes.tooMany();
  }
}

/** In constant time. */
function isSame(key: string | undefined, other: string | undefined): boolean {
  if (key === undefined || other === undefined) return false;
  const [one, two] = [key, other].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && two !== undefined && timingSafeEqual(one, two);
}

/** RFC 9110 section 11.6.1 asks for a challenge. */
function refuse<Refusal>(c: Context<AppEnv>, refusal: Refusal): Refusal {
  c.header('WWW-Authenticate', `ApiKey realm="fhir", header="${keyHeader}"`);
  return refusal;
}
