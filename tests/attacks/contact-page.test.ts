import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CookieBrowser, createCookieBrowser } from '../support/cookie-browser.ts';
import { headingOf, signInByCard, textOf } from '../support/http-walk.ts';
import { hrefOf, pressNamed } from '../support/named-controls.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const saved = 'Vos coordonnées sont enregistrées';
const typed = { adresse: 'somebody@example.org', mobile: '0639987742' };

const open = (browser: CookieBrowser, { urls }: TestServer, query = '') =>
  browser.open(new URL(`/coordonnees${query}`, urls.directory));

async function emailOf(server: TestServer, slug: string): Promise<string | null | undefined> {
  const { body } = await server.api<{ slug: string; email: string | null }[]>('GET', '/api/personas');
  return body.find((persona) => persona.slug === slug)?.email;
}

/** Each on the seed. */
const attacks: Record<string, (server: TestServer) => Promise<void>> = {
  'the way back leads to wallet or app only': async (server) => {
    const { urls } = server;
    const browser = createCookieBrowser();
    await signInByCard(browser, urls, 'infirmier-rpps');
    const { host } = new URL(urls.wallet);
    for (const retour of [
      'https://evil.example/',
      '//evil.example/',
      `https://${host}/`,
      `http://${host}@evil.example/`,
      `http://${host}.evil.example/`,
      'javascript:alert(1)',
      urls.portal,
      urls.directory,
      '/deconnexion',
    ]) {
      const page = await open(browser, server, `?${new URLSearchParams({ retour })}`);
      const done = await pressNamed(browser, page, 'Enregistrer', typed);
      assert.equal(headingOf(done), saved, retour);
      assert.equal(hrefOf(done, 'Continuer'), undefined, retour);
      assert.equal(hrefOf(done, "Revenir à l'application"), undefined, retour);
      assert.ok(!done.text.includes('evil.example') && !done.text.includes('javascript:alert'), retour);
    }
  },

  "another site's form changes nothing": async (server) => {
    const browser = createCookieBrowser();
    await signInByCard(browser, server.urls, 'infirmier-rpps');
    const page = await open(browser, server);
    const before = await emailOf(server, 'infirmier-rpps');
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'same-site', origin: server.urls.portal },
      { origin: 'https://evil.example' },
      {},
    ]) {
      const body = new URLSearchParams(typed);
      const answer = await browser.request(page.url, { method: 'POST', headers, body });
      assert.equal(answer.status, 403);
    }
    assert.equal(await emailOf(server, 'infirmier-rpps'), before);
  },

  'without a session a form saves nothing': async (server) => {
    const stranger = createCookieBrowser();
    const page = await open(stranger, server);
    const answer = await stranger.submit(page.url, '/coordonnees', { ...typed, rpps: '99700000013' });
    assert.notEqual(headingOf(answer), saved);
    assert.notEqual(headingOf(await stranger.open(new URL('/coordonnees/enregistrees', page.url))), saved);
    const codes = await stranger.submit(page.url, '/coordonnees/codes?demande=cch_x', {
      'code-mail': '000000',
      'code-sms': '000000',
    });
    assert.notEqual(headingOf(codes), saved);
    for (const { email } of (await server.api<{ email: string | null }[]>('GET', '/api/personas')).body)
      assert.notEqual(email, typed.adresse);
  },

  'a number typed into the form of a card holder changes only the record of the card': async (server) => {
    const browser = createCookieBrowser();
    await signInByCard(browser, server.urls, 'infirmier-rpps');
    const page = await open(browser, server);
    const rpps = await server.api<{ slug: string; rpps: string }[]>('GET', '/api/personas');
    const other = rpps.body.find(({ slug }) => slug === 'pharmacienne')?.rpps ?? '';
    await pressNamed(browser, page, 'Enregistrer', { ...typed, rpps: other });
    assert.equal(await emailOf(server, 'pharmacienne'), 'sophie.tanguy@example.fr');
    assert.equal(await emailOf(server, 'infirmier-rpps'), typed.adresse);
  },

  'what was typed is shown as text, and what is known is never shown whole': async (server) => {
    const browser = createCookieBrowser();
    await signInByCard(browser, server.urls, 'infirmier-rpps');
    const page = await open(browser, server);
    assert.ok(!page.text.includes('julien.marchand@') && !page.text.includes('0639980325'));
    const adresse = '"><script>alert(1)</script>';
    const wrong = await pressNamed(browser, page, 'Enregistrer', {
      adresse,
      mobile: `'onfocus=alert(1) x='`,
    });
    assert.equal(wrong.status, 422);
    assert.ok(!wrong.text.includes('<script>alert'));
    assert.match(wrong.text, /value="&quot;&gt;&lt;script&gt;alert\(1\)/);
  },

  'a link cannot make the page show anything but a reference': async (server) => {
    const browser = createCookieBrowser();
    for (const reference of ['', 'appelez le 0899', '7K2-41F', 'ABC-DEF<b>', 'ABC-DEFG']) {
      const page = await browser.open(
        new URL(`/coordonnees/transmise?${new URLSearchParams({ reference })}`, server.urls.directory),
      );
      assert.equal(textOf(page, 'reference'), '', reference);
    }
  },

  'known and unknown numbers get the same page, and the directory is not asked': async (server) => {
    const browser = createCookieBrowser();
    const form = await browser.open(new URL('/coordonnees/sans-carte', server.urls.directory));
    const { body } = await server.api<{ rpps: string | null }[]>('GET', '/api/personas');
    const known = body.find(({ rpps }) => rpps)?.rpps ?? '';
    const shape = async (rpps: string) => {
      const page = await pressNamed(browser, form, 'Enregistrer', { ...typed, rpps });
      assert.equal(headingOf(page), 'Votre demande est transmise');
      return page.text.replaceAll(/[A-Z2-7]{3}-[A-Z2-7]{3}/g, 'REF');
    };
    assert.equal(await shape(known), await shape('99700123450'));
    const sms = await server.api<unknown[]>('GET', '/api/sms');
    assert.deepEqual(sms.body, []);
  },

  'a body that is no form, or far too long, is refused without harm': async (server) => {
    const browser = createCookieBrowser();
    const form = await browser.open(new URL('/coordonnees/sans-carte', server.urls.directory));
    const long = await pressNamed(browser, form, 'Enregistrer', {
      ...typed,
      adresse: `${'a'.repeat(5000)}@b.fr`,
    });
    assert.equal(long.status, 422);
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const json = await browser.request(form.url, { method: 'POST', headers, body: '{"adresse":{}}' });
    assert.equal(json.status, 422);
  },
};

test('the page of contact details', async (t) => {
  const server = await startTestServer(t);
  for (const [name, attack] of Object.entries(attacks))
    await t.test(name, async () => {
      await server.api('POST', '/api/reset');
      await attack(server);
    });
});
