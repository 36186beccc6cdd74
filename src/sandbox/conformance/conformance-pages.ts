import { type Context, Hono } from 'hono';
import { signInIdOf } from '#oidc';
import type { Clock } from '#platform/clock.ts';
import { button } from '#platform/html/components.ts';
import { html } from '#platform/html/html.ts';
import { renderPage } from '#platform/html/page.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { SignInHost } from '#sign-in';
import type { CibaDecisions } from './ciba-decisions.ts';
import { testPerson } from './test-person.ts';

/** On wallet, in place of the sign-in pages. */
export const conformancePath = '/conformite';

/** A program of the test plans drives these pages: it sends no header that tells where a form comes from. */
export const isConformancePath = (path: string): boolean => path.startsWith(`${conformancePath}/`);

export interface ConformanceDependencies {
  host: SignInHost;
  clock: Clock;
  decisions: Pick<CibaDecisions, 'decide'>;
}

/**
 * A page with two plain forms: the test person signs in by one button and refuses by the other; and the address by which
 * a program decides for her what was asked by CIBA.
 */
export function createConformancePages({ host, clock, decisions }: ConformanceDependencies): Hono<AppEnv> {
  const page = `${conformancePath}/:uid`;
  return new Hono<AppEnv>()
    .post(`${conformancePath}/ciba`, (c) => decide(c, decisions))
    .get(page, async (c) => {
      const request = await host.find(c);
      if (!request) return c.notFound();
      return request.goesOn ? c.redirect(request.goesOn, 303) : renderChoice(c, request.service.name);
    })
    .post(`${page}/oui`, async (c) => {
      const request = await host.find(c);
      const verification = { ...testPerson, verifiedAt: clock.now() };
      const url = request && (await host.complete(c, request, verification));
      return url ? c.redirect(url, 303) : c.notFound();
    })
    .post(`${page}/non`, async (c) => {
      const url = await host.refuse(c);
      return url ? c.redirect(url, 303) : c.notFound();
    });
}

/** `automated_ciba_approval_url` of the plans: both values in the query, or in a form. */
async function decide(c: Context<AppEnv>, decisions: Pick<CibaDecisions, 'decide'>): Promise<Response> {
  const given = new URLSearchParams(`${new URL(c.req.url).search.slice(1)}&${await c.req.text()}`);
  const [authReqId, action] = [given.get('auth_req_id'), given.get('action')];
  if (!authReqId || (action !== 'allow' && action !== 'deny')) return c.body(null, 400);
  const isDecided = await decisions.decide(signInIdOf(authReqId), action);
  return c.body(null, isDecided ? 204 : 404);
}

function renderChoice(c: Context<AppEnv>, service: string): Promise<Response> {
  const here = c.req.path;
  return renderPage(c, {
    title: 'Essai de conformité',
    width: 'narrow',
    body: html`<h1>Essai de conformité</h1><p class="lead">${service}</p>
<form method="post" action="${here}/oui">${button({ label: 'Se connecter' })}</form>
<form method="post" action="${here}/non">${button({ label: 'Refuser', kind: 'secondary' })}</form>`,
  });
}
