import assert from 'node:assert/strict';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { readUserInfo } from '../support/demo-client.ts';
import { askPhone, waitForPhone } from '../support/ecps-walk.ts';
import {
  codeOf,
  headingOf,
  openChoice,
  press,
  readable,
  signInByCard,
  textOf,
} from '../support/http-walk.ts';
import { followNamed, hrefOf } from '../support/named-controls.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';
import { getPersona } from '../support/walk.ts';

const approve = (server: TestServer, persona: string) =>
  server.api('POST', '/api/ecps', { persona, behaviour: 'approve' });

async function signInByEcps(browser: CookieBrowser, server: TestServer, typed: string): Promise<Page> {
  return waitForPhone(browser, await askPhone(browser, await openChoice(browser, server.urls), typed));
}

const linkTo = (page: Page, name: string): URL => new URL(hrefOf(page, name) ?? '', page.url);

testOnOneServer('an e-CPS in the diagnosis of a sign-in', {
  'a nurse with an e-CPS under RPPS signs in by phone and sees her places': async (server) => {
    const { nationalId } = await getPersona(server, 'medecin-deux-lieux');
    await approve(server, 'medecin-deux-lieux');
    const page = await signInByEcps(createCookieBrowser(), server, `8${nationalId}`);
    assert.equal(textOf(page, 'national-id'), `Numéro RPPS ${nationalId}`);
    assert.equal(headingOf(page), "Mes lieux d'exercice");
    assert.equal(page.text.match(/<article/g)?.length, 2);
  },

  'an e-CPS under ADELI is the cause, by phone and by card, with the way out in order': async (server) => {
    const { adeli, rpps } = await getPersona(server, 'infirmier-ecps-adeli');
    await approve(server, 'infirmier-ecps-adeli');
    const browser = createCookieBrowser();
    const page = await signInByEcps(browser, server, adeli ?? '');
    assert.equal(textOf(page, 'national-id'), `Numéro ADELI ${adeli}`);
    assert.equal(codeOf(page, 'cause'), 'ecps_under_adeli');
    assert.match(readable(page.text), /le numéro ADELI de votre e-CPS/);
    assert.match(readable(page.text), /Votre e-CPS activée sous votre numéro ADELI/);
    const repair = await followNamed(browser, page, 'Réparer ma connexion');
    assert.equal(codeOf(repair, 'cause'), 'ecps_under_adeli');
    const list = /<ol[^>]*>(.*?)<\/ol>/s.exec(repair.text)?.[1] ?? '';
    assert.match(readable(list), /^Désactivez l’e-CPS.* Activez une e-CPS avec votre numéro RPPS/);
    assert.match(readable(repair.text), new RegExp(`Numéro RPPS ${rpps}`));
    for (const method of ['ecps', 'card']) {
      const { repair: claim } = await readUserInfo(server, 'infirmier-ecps-adeli', { method });
      assert.deepEqual([claim.cause, claim.steps], ['ecps_under_adeli', ['ecps_under_adeli']], method);
      assert.equal(claim.chain.ecps, 'adeli');
      assert.deepEqual(claim.chain.signedIn, { method, kind: 'adeli' });
    }
  },

  'once her e-CPS is active, an ADELI card leads on to it, and the old session is over': async (server) => {
    const { rpps } = await getPersona(server, 'infirmiere-adeli');
    await approve(server, 'infirmiere-adeli');
    const browser = createCookieBrowser();
    const page = await signInByCard(browser, server.urls, 'infirmiere-adeli');
    assert.equal(codeOf(page, 'cause'), 'legacy_adeli_identity');
    assert.match(readable(page.text), /Ce qu’il faut faire : entrer avec votre e-CPS/);
    const { repair: claim } = await readUserInfo(server, 'infirmiere-adeli');
    assert.deepEqual([claim.steps, claim.chain.ecps], [['legacy_adeli_identity'], 'active']);

    const repair = await followNamed(browser, page, 'Réparer ma connexion');
    const form = await browser.open(linkTo(repair, 'Se connecter avec ma e-CPS'), {
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    assert.equal(form.url.origin, server.urls.wallet);
    assert.match(form.text, new RegExp(`name="identifiant"[^>]*value="${rpps}"`));
    const silent = await createSilentRequest(browser, server);
    assert.equal(silent.searchParams.get('error'), 'login_required');

    const waiting = await press(browser, form, '/e-cps/demande', { identifiant: rpps ?? '' });
    const places = await waitForPhone(browser, waiting);
    assert.equal(textOf(places, 'national-id'), `Numéro RPPS ${rpps}`);
    assert.equal(headingOf(places), "Mes lieux d'exercice");
    assert.equal(places.text.match(/<article/g)?.length, 2);
  },

  'when an e-CPS becomes active under RPPS, the sessions of the ADELI number end, here and at the portal':
    async (server) => {
      const [hers, others] = [createCookieBrowser(), createCookieBrowser()];
      await signInByCard(hers, server.urls, 'infirmiere-adeli');
      await signInByCard(others, server.urls, 'infirmiere-sans-coordonnees');
      await approve(server, 'infirmiere-adeli');
      const refused = await createSilentRequest(hers, server);
      assert.equal(refused.searchParams.get('error'), 'login_required');
      const portal = await hers.open(new URL('/professionnel/lieux', server.urls.portal));
      assert.equal(portal.url.pathname, '/professionnel/connexion');
      assert.ok((await createSilentRequest(others, server)).searchParams.get('code'));
    },

  'a link on another site to that way on ends nobody’s session': async (server) => {
    await approve(server, 'infirmiere-adeli');
    const browser = createCookieBrowser();
    const page = await signInByCard(browser, server.urls, 'infirmiere-adeli');
    const repair = await followNamed(browser, page, 'Réparer ma connexion');
    for (const site of ['cross-site', 'same-site', 'none']) {
      const headers = { 'sec-fetch-site': site };
      const answer = await browser.open(linkTo(repair, 'Se connecter avec ma e-CPS'), { headers });
      assert.equal(answer.url.href, repair.url.href);
    }
    assert.ok((await createSilentRequest(browser, server)).searchParams.get('code'));
  },

  'the way on to an e-CPS is not there for those who have none': async (server) => {
    const browser = createCookieBrowser();
    const page = await signInByCard(browser, server.urls, 'infirmiere-adeli');
    const repair = await followNamed(browser, page, 'Réparer ma connexion');
    assert.doesNotMatch(readable(repair.text), /Se connecter avec ma e-CPS/);
    const headers = { 'sec-fetch-site': 'same-origin' };
    await browser.open(new URL(`${repair.url.pathname}/e-cps`, repair.url), { headers });
    assert.ok((await createSilentRequest(browser, server)).searchParams.get('code'));
  },

  'an expired e-CPS names its cause at once, to whoever types its number': async (server) => {
    const { nationalId } = await getPersona(server, 'infirmier-ecps-expiree');
    const browser = createCookieBrowser();
    const page = await askPhone(browser, await openChoice(browser, server.urls), nationalId);
    assert.equal(codeOf(page, 'cause'), 'authenticator_expired');
    assert.equal(linkTo(page, "Demander l'activation de la e-CPS").href, `${server.urls.app}/`);
  },

  'what a phone answers is what the page says': async (server) => {
    const { nationalId } = await getPersona(server, 'sage-femme');
    const browser = createCookieBrowser();
    for (const [behaviour, title] of [
      ['refuse', 'Vous avez refusé la demande'],
      ['wrong-number', 'Le nombre choisi n’était pas le bon'],
    ] as const) {
      await server.api('POST', '/api/ecps', { persona: 'sage-femme', behaviour });
      assert.equal(headingOf(await signInByEcps(browser, server, nationalId)), title);
    }
    await server.api('POST', '/api/ecps', { persona: 'sage-femme', behaviour: 'ignore' });
    const waiting = await askPhone(browser, await openChoice(browser, server.urls), nationalId);
    await server.api('POST', '/api/clock', { advanceMs: 121_000 });
    assert.equal(headingOf(await waitForPhone(browser, waiting)), 'La demande est restée sans réponse');
  },
});

/** Whether single sign-on still knows somebody: the answer to a request that may ask nobody. */
async function createSilentRequest(browser: CookieBrowser, { urls }: TestServer): Promise<URL> {
  const authorization = new URL('/auth', urls.wallet);
  authorization.search = new URLSearchParams({
    client_id: 'hygie-demo',
    redirect_uri: 'http://localhost:1/cb',
    response_type: 'code',
    scope: 'openid',
    prompt: 'none',
  }).toString();
  let at = authorization;
  while (at.origin === urls.wallet) {
    const response = await browser.request(at);
    at = new URL(response.headers.get('location') ?? 'http://localhost:1/none', at);
  }
  return at;
}
