import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { codeOf, headingOf, press, signInByCard as signIn, textOf } from '../support/http-walk.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

interface Persona {
  slug: string;
  idNatPs: string;
  nationalId: string;
  cause: string | null;
  places: string[];
}

async function startWalk(t: TestContext) {
  const server = await startTestServer(t);
  const { body: personas } = await server.api<Persona[]>('GET', '/api/personas');
  const find = (slug: string) => {
    const persona = personas.find((candidate) => candidate.slug === slug);
    assert.ok(persona, slug);
    return persona;
  };
  return { ...server, find };
}

const articlesOf = (page: Page) =>
  [...page.text.matchAll(/<article.*?<h2[^>]*>(.*?)<\/h2>/gs)].map(([, name]) => name).sort();

const withPlaces = ['infirmier-rpps', 'medecin-deux-lieux', 'pharmacienne', 'sage-femme'];
const explained = ['infirmiere-remplacante', 'employe-cpe'];
const withCause = [
  'infirmiere-adeli',
  'infirmier-ecps-adeli',
  'infirmiere-sans-coordonnees',
  'infirmiere-non-inscrite',
  'infirmiere-homonyme',
  'infirmier-sans-lieu',
  'infirmier-lieu-ferme',
  'infirmiere-radiee',
];

test('each person who has a card reads their places, why there are none, or that nothing is wrong', async (t) => {
  const { urls, find } = await startWalk(t);
  for (const slug of [...withPlaces, ...explained, ...withCause]) {
    const persona = find(slug);
    const page = await signIn(createCookieBrowser(), urls, slug);
    assert.equal(page.url.href, new URL('/professionnel/lieux', urls.portal).href, slug);
    assert.ok(
      [persona.nationalId, persona.idNatPs].includes(textOf(page, 'national-id').split(' ').at(-1) ?? ''),
    );
    const none = withCause.includes(slug);
    assert.equal(headingOf(page), none ? "Aucun lieu d'exercice" : "Mes lieux d'exercice", slug);
    assert.deepEqual(articlesOf(page), withPlaces.includes(slug) ? [...persona.places].sort() : [], slug);
    assert.equal(textOf(page, 'explanation') !== '', explained.includes(slug), slug);
    assert.equal(codeOf(page, 'cause') ?? null, persona.cause, slug);
    assert.equal(page.text.includes(`href="${urls.wallet}/reparation/`), none, slug);
  }
});

test('the way to repair opens for the person who signed in', async (t) => {
  const { urls } = await startWalk(t);
  const browser = createCookieBrowser();
  await signIn(browser, urls, 'infirmiere-adeli');
  const page = await browser.open(new URL('/reparation', urls.wallet));
  assert.equal(page.status, 200);
  assert.equal(headingOf(page), 'Réparer ma connexion');
});

test('signing out ends the session on both hosts', async (t) => {
  const { urls } = await startWalk(t);
  const browser = createCookieBrowser();
  const places = await signIn(browser, urls, 'infirmier-rpps');
  const out = await press(browser, places, '/deconnexion');
  assert.equal(headingOf(out), 'Votre session est fermée');
  const again = await browser.open(new URL('/professionnel/lieux', urls.portal));
  assert.equal(again.url.pathname, '/professionnel/connexion');
  const choice = await browser.open(new URL('/connexion/demarrer', urls.portal));
  assert.equal(choice.url.origin, urls.wallet, 'the wallet asks for the card again');
});

test('a logout at the provider by another service ends the session of the portal', async (t) => {
  const { urls } = await startWalk(t);
  const browser = createCookieBrowser();
  await signIn(browser, urls, 'infirmier-rpps');
  const idToken = await signInSilently(browser, urls);
  const logout = new URL('/auth/realms/esante-wallet/protocol/openid-connect/logout', urls.connect);
  logout.searchParams.set('id_token_hint', idToken);
  assert.equal((await fetch(logout, { redirect: 'manual' })).status, 200);
  const page = await browser.open(new URL('/professionnel/lieux', urls.portal));
  assert.equal(page.url.pathname, '/professionnel/connexion');
});

/** Another service of the same browser; answers its ID token. */
async function signInSilently(browser: CookieBrowser, urls: TestServer['urls']): Promise<string> {
  const redirectUri = 'http://localhost:1/cb';
  const authorization = new URL('/auth', urls.wallet);
  const parameters = {
    client_id: 'hygie-demo',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
  };
  authorization.search = new URLSearchParams({ ...parameters, prompt: 'none', nonce: 'n' }).toString();
  let at = authorization;
  while (at.origin === urls.wallet) {
    const response = await browser.request(at);
    at = new URL(response.headers.get('location') ?? redirectUri, at);
  }
  const answer = await fetch(
    new URL('/auth/realms/esante-wallet/protocol/openid-connect/token', urls.connect),
    {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('hygie-demo:hygie-demo-secret').toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: at.searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
      }),
    },
  );
  const { id_token } = (await answer.json()) as { id_token: string };
  return id_token;
}
