import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { startRelyingPartySite } from '../support/relying-party-site.ts';

const claims = { sub: 'f:uuid:899700000013', SubjectNameID: '899700000013', given_name: 'Claire' };
const minuteMs = 60_000;

/** An answer of the issuer to this request, with a code that it never gave. */
function callbackFor(site: URL, started: Response): URL {
  const request = new URL(started.headers.get('location') ?? '');
  const callback = new URL('/connexion/retour?code=unknown', site);
  callback.searchParams.set('state', request.searchParams.get('state') ?? '');
  callback.searchParams.set('iss', request.href.slice(0, request.href.indexOf('/auth?')));
  return callback;
}

describe('sign-in', () => {
  test('a person signs in at the issuer and is known here by what userinfo says', async (t) => {
    const { site, issuer, events } = await startRelyingPartySite(t);
    issuer.answer({ claims });
    const page = await createCookieBrowser().open(new URL('/connexion/demarrer', site));
    assert.equal(page.url.href, new URL('/accueil', site).href);
    assert.deepEqual(JSON.parse(page.text), claims);
    assert.deepEqual(
      events.map(({ name }) => name),
      ['relying_party.signed_in'],
    );
  });

  test('the authorization request has PKCE S256, state, nonce and the language of the page', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    await createCookieBrowser().open(new URL('/connexion/demarrer?lang=en', site));
    const request = issuer.lastRequest();
    assert.equal(request.get('code_challenge_method'), 'S256');
    assert.match(request.get('code_challenge') ?? '', /^[\w-]{43}$/);
    assert.match(request.get('state') ?? '', /^[\w-]{43}$/);
    assert.match(request.get('nonce') ?? '', /^[\w-]{43}$/);
    assert.equal(request.get('ui_locales'), 'en');
    assert.equal(request.get('redirect_uri'), new URL('/connexion/retour', site).href);
  });

  test('the person comes back to the page that they wanted', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    issuer.answer({ claims });
    const page = await createCookieBrowser().open(
      new URL('/connexion/demarrer?retour=%2Failleurs%3Fa%3D1', site),
    );
    assert.equal(page.url.href, new URL('/ailleurs?a=1', site).href);
  });

  test('two tabs of one browser sign in at once', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    issuer.answer({ claims });
    const browser = createCookieBrowser();
    const [first, second] = await Promise.all([
      browser.request(new URL('/connexion/demarrer', site)),
      browser.request(new URL('/connexion/demarrer', site)),
    ]);
    for (const tab of [first, second]) {
      const page = await browser.open(tab.headers.get('location') ?? '');
      assert.equal(page.url.pathname, '/accueil');
    }
  });

  test('a browser keeps the cookies of its five latest requests only', async (t) => {
    const { site } = await startRelyingPartySite(t);
    const browser = createCookieBrowser();
    for (let tab = 0; tab < 8; tab++) await browser.request(new URL('/connexion/demarrer', site));
    const cookies = await browser.jar.getCookies(site.href);
    assert.equal(cookies.filter(({ key }) => key.startsWith('portal_login_')).length, 5);
  });

  test('going back to a used address leads a signed-in person home', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    issuer.answer({ claims });
    const browser = createCookieBrowser();
    await browser.open(new URL('/connexion/demarrer', site));
    const again = await browser.open(new URL('/connexion/retour?code=used&state=used', site));
    assert.equal(again.url.pathname, '/accueil');
  });

  test('each sign-in gives the session a new name', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    issuer.answer({ claims });
    const browser = createCookieBrowser();
    const cookie = async () =>
      (await browser.jar.getCookies(site.href)).find(({ key }) => key === 'portal_session')?.value;
    await browser.open(new URL('/connexion/demarrer', site));
    const before = await cookie();
    await browser.open(new URL('/connexion/demarrer', site));
    assert.notEqual(await cookie(), before);
    const old = await fetch(new URL('/accueil', site), {
      headers: { cookie: `portal_session=${before}` },
      redirect: 'manual',
    });
    assert.equal(old.headers.get('location'), '/entrer');
  });
});

describe('a sign-in that fails has its page and a way on', () => {
  test('the person gave up at the issuer', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    issuer.answer({ error: 'access_denied' });
    const page = await createCookieBrowser().open(new URL('/connexion/demarrer', site));
    assert.equal(page.status, 403);
    assert.match(page.text, /<h1>La connexion n’a pas eu lieu<\/h1>/);
    assert.match(page.text, /href="\/connexion\/demarrer\?retour=%2Faccueil"[^>]*>.*Connexion/);
  });

  test('the issuer has trouble of its own', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    issuer.answer({ error: 'temporarily_unavailable' });
    const page = await createCookieBrowser().open(new URL('/connexion/demarrer?lang=en', site));
    assert.equal(page.status, 503);
    assert.match(page.text, /<h1>The sign-in service does not answer<\/h1>/);
  });

  test('the issuer does not answer at all', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    await issuer.stop();
    const page = await createCookieBrowser().open(new URL('/connexion/demarrer', site));
    assert.equal(page.status, 503);
    assert.match(page.text, /<h1>Le service de connexion ne répond pas<\/h1>/);
    assert.match(page.text, /Réessayer/);
  });

  test('the issuer stops answering between the sign-in and the token', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    const browser = createCookieBrowser();
    const callback = callbackFor(site, await browser.request(new URL('/connexion/demarrer', site)));
    await issuer.stop();
    const page = await browser.open(callback);
    assert.equal(page.status, 503);
  });

  test('the code is no longer good', async (t) => {
    const { site } = await startRelyingPartySite(t);
    const browser = createCookieBrowser();
    const callback = callbackFor(site, await browser.request(new URL('/connexion/demarrer', site)));
    const page = await browser.open(callback);
    assert.equal(page.status, 400);
    assert.match(page.text, /<h1>Cette connexion n’est plus valable<\/h1>/);
  });

  test('the person took longer than half an hour', async (t) => {
    const { site, issuer, clock } = await startRelyingPartySite(t);
    issuer.answer({ claims });
    const browser = createCookieBrowser();
    const started = await browser.request(new URL('/connexion/demarrer', site));
    clock.setAhead(31 * minuteMs);
    const page = await browser.open(started.headers.get('location') ?? '');
    assert.equal(page.status, 400);
    assert.match(page.text, /<h1>Cette connexion n’est plus valable<\/h1>/);
  });
});

describe('a session', () => {
  test('ends after 30 minutes without a request', async (t) => {
    const { site, issuer, clock } = await startRelyingPartySite(t);
    issuer.answer({ claims });
    const browser = createCookieBrowser();
    await browser.open(new URL('/connexion/demarrer', site));
    clock.setAhead(20 * minuteMs);
    assert.equal((await browser.open(new URL('/accueil', site))).url.pathname, '/accueil');
    clock.setAhead(45 * minuteMs);
    assert.equal((await browser.open(new URL('/accueil', site))).url.pathname, '/accueil');
    clock.setAhead(76 * minuteMs);
    assert.equal((await browser.open(new URL('/accueil', site))).url.pathname, '/entrer');
  });

  test('ends after four hours, however busy', async (t) => {
    const { site, issuer, clock } = await startRelyingPartySite(t);
    issuer.answer({ claims });
    const browser = createCookieBrowser();
    await browser.open(new URL('/connexion/demarrer', site));
    for (let minutes = 20; minutes < 240; minutes += 20) {
      clock.setAhead(minutes * minuteMs);
      assert.equal((await browser.open(new URL('/accueil', site))).url.pathname, '/accueil');
    }
    clock.setAhead(241 * minuteMs);
    assert.equal((await browser.open(new URL('/accueil', site))).url.pathname, '/entrer');
  });
});

describe('sign-out', () => {
  test('ends the session here and at the issuer, and comes back', async (t) => {
    const { site, issuer, events } = await startRelyingPartySite(t);
    issuer.answer({ claims });
    const browser = createCookieBrowser();
    const home = await browser.open(new URL('/connexion/demarrer', site));
    const answer = await browser.submit(home.url, '/deconnexion');
    const action = /action="([^"]+)"/.exec(answer.text)?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(answer.text)?.[1] ?? '';
    assert.match(action, /\/realm\/session\/end\/confirm$/);
    const page = await browser.submit(answer.url, action, { xsrf, logout: 'yes' });
    assert.equal(page.url.pathname, '/deconnexion/retour');
    assert.match(page.text, /<h1>Votre session est fermée<\/h1>/);
    assert.equal((await browser.open(new URL('/accueil', site))).url.pathname, '/entrer');
    assert.ok(events.some(({ name }) => name === 'relying_party.signed_out'));
  });

  test('ends the session here even where the issuer does not answer', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    await issuer.stop();
    const page = await createCookieBrowser().submit(new URL('/accueil', site), '/deconnexion');
    assert.equal(page.status, 200);
    assert.match(page.text, /<h1>Votre session est fermée sur ce site<\/h1>/);
  });
});

describe('sign-in that another site initiates', () => {
  test('passes the hint on to the issuer', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    const address = new URL('/connexion/initier', site);
    address.searchParams.set('iss', issuer.url.href);
    address.searchParams.set('login_hint', '899700000013');
    await createCookieBrowser().open(address);
    assert.equal(issuer.lastRequest().get('login_hint'), '899700000013');
  });

  test('works by a post from another site too', async (t) => {
    const { site, issuer } = await startRelyingPartySite(t);
    await createCookieBrowser().open(new URL('/connexion/initier', site), {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ iss: issuer.url.href, login_hint: '899700000013' }),
    });
    assert.equal(issuer.lastRequest().get('login_hint'), '899700000013');
  });
});
