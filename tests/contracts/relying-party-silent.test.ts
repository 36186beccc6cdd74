import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignInOptions } from '#relying-party';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { startRelyingPartySite } from '../support/relying-party-site.ts';

const claims = { sub: 'f:uuid:899700000013', SubjectNameID: '899700000013' };

/** A site whose page `/demander` starts a sign-in so. */
const startSite = (t: Parameters<typeof startRelyingPartySite>[0], options: Partial<SignInOptions>) =>
  startRelyingPartySite(t, {
    routes(relyingParty, app) {
      app.get('/demander', (c) => relyingParty.startSignIn(c, { returnTo: '/accueil', ...options }));
      app.get('/entrer', (c) => c.text(c.req.query('connexion') ?? 'entrer'));
      app.get(
        '/accueil',
        relyingParty.requireSession((c, session) => c.json(session.claims)),
      );
    },
  });

const silently = { prompt: 'none', deniedTo: '/entrer?connexion=aucune' } as const;

test('whoever has no session at the issuer is led on without a page of failure', async (t) => {
  const { site, issuer } = await startSite(t, silently);
  const page = await createCookieBrowser().open(new URL('/demander', site));
  assert.equal(issuer.lastRequest().get('prompt'), 'none');
  assert.equal(page.url.href, new URL('/entrer?connexion=aucune', site).href);
  assert.equal(page.text, 'aucune');
});

test('a session that is open at the issuer signs in silently', async (t) => {
  const { site, issuer } = await startSite(t, silently);
  issuer.answer({ claims });
  const browser = createCookieBrowser();
  await browser.open(new URL('/connexion/demarrer', site));
  const cookies = await browser.jar.getCookies(site.href);
  for (const { key } of cookies.filter((cookie) => cookie.key === 'portal_session'))
    await browser.jar.setCookie(`${key}=; Max-Age=0; Path=/`, site.href);
  issuer.answer({ error: 'access_denied' });
  const page = await browser.open(new URL('/demander', site));
  assert.equal(page.url.pathname, '/accueil');
  assert.deepEqual(JSON.parse(page.text), claims);
});

test('an issuer that is down keeps nobody who only asked for a session', async (t) => {
  const { site, issuer } = await startSite(t, silently);
  await issuer.stop();
  const page = await createCookieBrowser().open(new URL('/demander', site));
  assert.equal(page.text, 'aucune');
});

test('one sign-in may ask for another level than the client does', async (t) => {
  const { site, issuer } = await startSite(t, { acrValues: 'eidas2', deniedTo: '/entrer?connexion=refus' });
  issuer.answer({ error: 'access_denied' });
  const page = await createCookieBrowser().open(new URL('/demander', site));
  assert.equal(issuer.lastRequest().get('acr_values'), 'eidas2');
  assert.equal(page.text, 'refus');
});
