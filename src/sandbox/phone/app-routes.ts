import { Hono } from 'hono';
import { z } from 'zod';
import { sandboxPhonePath } from '#authenticator';
import type { AppEnv } from '#platform/http/site.ts';
import { jsonOnly, parseBody } from '../api/guard.ts';
import { errors } from '../errors.ts';
import type { PersonaPhones } from './persona-phones.ts';

const handOver = z.strictObject({ token: z.string().max(100) });

/** For the app's listener: where the app fetches the phone that it was opened as, once. */
export function createAppRoutes(phones: Pick<PersonaPhones, 'redeemToken'>): Hono<AppEnv> {
  return new Hono<AppEnv>().post(sandboxPhonePath, jsonOnly, async (c) => {
    const phone = await phones.redeemToken((await parseBody(c, handOver)).token);
    if (!phone) throw errors('phone.token_used', 'token');
    return c.json(phone);
  });
}
