import { type Context, Hono } from 'hono';
import { formatDuration } from '#platform/html/dates.ts';
import { clientAddress } from '#platform/http/client-address.ts';
import { getSiteCookie, setSiteCookie } from '#platform/http/cookies.ts';
import { deviceText } from '#platform/http/device-text.ts';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import { parseOwnPath } from '#platform/http/own-path.ts';
import { setRetryAfter } from '#platform/http/retry-after.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { DetailedRefusal } from '../errors.ts';
import { removalLifetimeMs } from '../policy.ts';
import { findAppAddress } from './app-address.ts';
import { renderActivation, renderRemoved } from './end-pages.ts';
import { finishRemoval } from './finish-removal.ts';
import { paths } from './paths.ts';
import { openReader, presentCard } from './removal-card.ts';
import { sendCodes, tryCodes } from './removal-codes.ts';
import { removalMessages } from './removal-messages.ts';
import type { RemovalParts } from './removal-parts.ts';
import type { Removal } from './removal-store.ts';
import { readIdentifier, renderStart } from './start-pages.ts';
import { findRemoval, startRemoval } from './start-removal.ts';
import { type News, renderCodes, renderProve } from './step-pages.ts';

type Act = (c: Context<AppEnv>, removal: Removal, parts: RemovalParts) => Promise<Response>;

/** **Mot de passe oublié**, on wallet. Each act comes back to one page, which shows what comes next. */
export function createWalletRoutes(parts: RemovalParts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const ofThisBrowser = (act: Act) => async (c: Context<AppEnv>) => {
    const removal = await findRemoval(parts, getSiteCookie(c, cookie));
    return removal ? act(c, removal, parts) : renderOver(c);
  };
  const press = (path: string, act: Act) =>
    routes.get(path, (c) => c.redirect(paths.step, 303)).post(path, ofThisBrowser(act));
  routes.get(paths.start, (c) => renderStart(c, { typed: '', returnTo: readReturn(c) }));
  routes.post(paths.start, (c) => start(c, parts));
  routes.get(paths.step, ofThisBrowser(showStep));
  press(paths.codes, receiveCodes);
  press(paths.remove, removeByCodes);
  press(paths.card, (c, removal) => leaveForReader(c, removal, parts));
  routes.get(paths.cardReturn, ofThisBrowser(returnFromReader));
  routes.get(paths.activation, async (c) => {
    const removal = await findRemoval(parts, getSiteCookie(c, cookie));
    const href = await findAppAddress(parts, removal);
    return renderActivation(c, { href, returnTo: removal?.returnTo ?? null });
  });
  return routes;
}

const cookie = 'removal';

/** **Continuer**. */
async function start(c: Context<AppEnv>, parts: RemovalParts): Promise<Response> {
  const { identifiant } = await c.req.parseBody();
  const typed = typeof identifiant === 'string' ? identifiant : '';
  const returnTo = readReturn(c);
  const read = readIdentifier(typed);
  if ('fault' in read) return renderStart(c, { typed, returnTo, fault: read.fault });
  const { unknownDevice, tooMany } = removalMessages(c.var.locale);
  const device = deviceText(c.req.header('user-agent')) ?? unknownDevice;
  const asked = { ...read, device, returnTo, address: clientAddress(c) };
  const started = await unlessLimited(startRemoval(parts, asked));
  if ('retryAt' in started) {
    const now = parts.clock.now();
    setRetryAfter(c, started.retryAt, now);
    const text = tooMany(formatDuration(started.retryAt - now));
    return renderStart(c, { typed, returnTo, news: { text, status: 429 } });
  }
  setSiteCookie(c, cookie, started.done, { maxAgeSeconds: (2 * removalLifetimeMs) / 1000 });
  return c.redirect(paths.step, 303);
}

/** A removal whose process died after the proof is finished here. */
async function showStep(
  c: Context<AppEnv>,
  removal: Removal,
  parts: RemovalParts,
  news?: News,
): Promise<Response> {
  if (removal.state.stage === 'proven') await finishRemoval(parts, removal);
  const current = (await parts.removals.find(removal.id)) ?? removal;
  if (current.state.stage === 'removed') return renderRemoved(c, current, await parts.ticketUrl(c));
  const view = { removal: current, now: parts.clock.now(), news };
  if (news && 'retryAt' in news) setRetryAfter(c, news.retryAt, view.now);
  return current.state.codes ? renderCodes(c, view) : renderProve(c, view);
}

/** **Recevoir les codes**, **Renvoyer les codes**. */
const receiveCodes: Act = async (c, removal, parts) => {
  const request = { locale: c.var.locale, host: c.var.site.url.hostname, address: clientAddress(c) };
  const sent = await unlessLimited(sendCodes(parts, removal.id, request));
  if ('retryAt' in sent) return showStep(c, removal, parts, { kind: 'too_many', ...sent });
  const { done } = sent;
  if (done.outcome === 'too_soon')
    return showStep(c, removal, parts, { kind: 'too_soon', retryAt: done.retryAt });
  return c.redirect(paths.step, 303);
};

/** **Supprimer ma e-CPS**. A box that was left empty costs no try. */
const removeByCodes: Act = async (c, removal, parts) => {
  const body = await c.req.parseBody();
  const [mail, sms] = [body['code-mail'], body['code-sms']].map((code) =>
    typeof code === 'string' ? code.trim() : '',
  );
  const { codes } = removalMessages(c.var.locale);
  if (!mail || !sms) {
    const missing = (code: string | undefined) => (code ? undefined : codes.missing);
    return showStep(c, removal, parts, { kind: 'wrong', mail: missing(mail), sms: missing(sms) });
  }
  const tried = await tryCodes(parts, removal.id, { mail, sms });
  if (tried.outcome !== 'wrong' || tried.triesLeft === 0) return c.redirect(paths.step, 303);
  const text = codes.wrong(tried.triesLeft);
  const [mailText, smsText] = [tried.mailWrong && text, tried.smsWrong && text];
  return showStep(c, removal, parts, {
    kind: 'wrong',
    mail: mailText || undefined,
    sms: smsText || undefined,
  });
};

/** **Carte CPS**. */
async function leaveForReader(c: Context<AppEnv>, removal: Removal, parts: RemovalParts): Promise<Response> {
  const opened = await unlessLimited(
    openReader(parts, removal, { address: clientAddress(c), locale: c.var.locale }),
  );
  return 'retryAt' in opened
    ? showStep(c, removal, parts, { kind: 'too_many', ...opened })
    : leavingRedirect(c, opened.done);
}

const returnFromReader: Act = async (c, removal, parts) => {
  await presentCard(parts, removal, c.req.query('code') ?? '');
  return c.redirect(paths.step, 303);
};

/** What was done; or, where a limit refused it, from when it is answered again. */
async function unlessLimited<Done>(act: Promise<Done>): Promise<{ done: Done } | { retryAt: number }> {
  try {
    return { done: await act };
  } catch (error) {
    const retryAt = error instanceof DetailedRefusal ? error.details.retryAt : undefined;
    if (retryAt === undefined) throw error;
    return { retryAt };
  }
}

/** The removal was never begun here, or its time is over. */
function renderOver(c: Context<AppEnv>): Promise<Response> {
  const { expired } = removalMessages(c.var.locale).start;
  return renderStart(c, { typed: '', returnTo: null, news: { text: expired, status: 410 } });
}

/** `retour`, a page of wallet; `null` for an address that leads elsewhere. */
const readReturn = (c: Context<AppEnv>): string | null =>
  parseOwnPath(c.req.query('retour'), c.var.site.url) ?? null;
