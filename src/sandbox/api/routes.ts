import { Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '#platform/clock.ts';
import { problem } from '#platform/http/problem.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { MailOutbox } from '#platform/mail/mail-outbox.ts';
import type { SmsOutbox } from '#platform/sms/sms-outbox.ts';
import type { DemoClient } from '../demo-clients.ts';
import { errors } from '../errors.ts';
import { findPersona, type Persona } from '../personas.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import { signInRequest } from '../sign-in/sign-in-request.ts';
import { behaviours } from '../simulated/behaviour.ts';
import type { SimulatedPhones } from '../simulated/simulated-phones.ts';
import type { Universe } from '../universe.ts';
import { jsonOnly, ownOriginOnly, parseBody } from './guard.ts';
import { mailJson, smsJson } from './outbox-json.ts';
import { listPersonas, type PersonaJsonDependencies } from './persona-json.ts';

export interface ApiDependencies extends PersonaJsonDependencies {
  clients: readonly DemoClient[];
  mails: MailOutbox;
  sms: SmsOutbox;
  universe: Universe;
  clock: Clock;
  signIn: SignIn;
  simulated: SimulatedPhones;
  revoke(persona: Persona): Promise<void>;
}

const longestDelayMs = 600_000;
const longestAdvanceMs = 20 * 365 * 86_400_000;

const revocation = z.strictObject({ persona: z.string() });
const phoneOrder = z.strictObject({
  persona: z.string(),
  behaviour: z.enum(behaviours),
  delayMs: z.int().min(0).max(longestDelayMs).default(0),
  times: z.int().min(1).optional(),
});
const advance = z.strictObject({
  advanceMs: z.int().min(0).max(longestAdvanceMs),
  tokens: z.boolean().default(false),
});

/** The sandbox API of the contract: JSON, loopback only, no authentication. */
export function createApiRoutes(dependencies: ApiDependencies): Hono<AppEnv> {
  const { cards, clients, mails, sms, universe, clock, signIn, simulated } = dependencies;
  const api = new Hono<AppEnv>().basePath('/api');
  const time = () => ({ now: clock.now(), aheadMs: clock.aheadMs });
  api.use(ownOriginOnly, jsonOnly);

  api.get('/personas', async (c) => c.json(await listPersonas(dependencies)));
  api.get('/personas/:slug/card.p12', async (c) => {
    const persona = getPersona(c.req.param('slug'));
    const card = await cards.find(persona);
    if (!card) throw errors('card.none', 'persona');
    c.header('content-type', 'application/x-pkcs12');
    c.header('content-disposition', `attachment; filename="${persona.slug}.p12"`);
    return c.body(new Uint8Array(card.p12));
  });
  api.post('/cards/revoke', async (c) => {
    const { persona } = await parseBody(c, revocation);
    await dependencies.revoke(getPersona(persona));
    return c.body(null, 204);
  });

  api.get('/clients', (c) => c.json(clients));

  api.get('/mails', async (c) => c.json((await mails.latest({ to: c.req.query('to') })).map(mailJson)));
  api.get('/sms', async (c) => c.json((await sms.latest({ to: c.req.query('to') })).map(smsJson)));
  api.delete('/mails', async (c) => {
    await mails.clear();
    return c.body(null, 204);
  });
  api.delete('/sms', async (c) => {
    await sms.clear();
    return c.body(null, 204);
  });

  api.post('/sign-in', async (c) => {
    const request = await parseBody(c, signInRequest);
    const outcome = await signIn(request, getPersona(request.persona), c.req.raw.signal);
    if ('location' in outcome) return c.json(outcome);
    return problem(c, 409, { title: failureTitles[request.method], code: outcome.failure });
  });

  api.post('/ecps', async (c) => {
    const { persona, behaviour, delayMs, times } = await parseBody(c, phoneOrder);
    await simulated.order(getPersona(persona), { behaviour, delayMs, times: times ?? null });
    return c.body(null, 204);
  });
  api.delete('/ecps', async (c) => {
    await simulated.silence(getPersona(c.req.query('persona') ?? ''));
    return c.body(null, 204);
  });

  api.get('/clock', (c) => c.json(time()));
  api.post('/clock', async (c) => {
    const { advanceMs, tokens } = await parseBody(c, advance);
    await universe.advance(advanceMs, tokens);
    return c.json(time());
  });

  api.post('/reset', async (c) => {
    await universe.reset();
    return c.body(null, 204);
  });

  return api;
}

const failureTitles = {
  card: 'The card was not recognised.',
  ecps: 'The e-CPS has expired.',
};

function getPersona(slug: string): Persona {
  const persona = findPersona(slug);
  if (!persona) throw errors('persona.unknown', 'persona');
  return persona;
}
