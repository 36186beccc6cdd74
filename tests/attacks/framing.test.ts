import assert from 'node:assert/strict';
import { createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { openChoice, press, readable } from '../support/http-walk.ts';
import { followNamed, pressNamed } from '../support/named-controls.ts';
import { openRepair } from '../support/repair-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const connectRealm = '/auth/realms/esante-wallet/protocol/openid-connect';
const authorization =
  '/auth?client_id=hygie-demo&redirect_uri=http://localhost:9/x&response_type=code&scope=openid';

/** Pages that open without a walk. */
const addresses: Partial<Record<keyof TestServer['urls'], string[]>> = {
  portal: ['/', '/professionnel/connexion', '/connexion/retour?state=x', '/deconnexion/retour', '/nowhere'],
  wallet: [
    authorization,
    `${authorization}&prompt=none&response_mode=form_post`,
    '/auth?client_id=nobody',
    '/auth/no-such-request',
    '/connexion/no-such-sign-in',
    '/connexion/carte/expiree',
    '/session/retour?error=access_denied',
    '/deconnexion',
    '/deconnexion/terminee',
    '/mot-de-passe-oublie',
    '/reparation',
    '/nowhere',
  ],
  connect: [`${connectRealm}/logout`, '/nowhere'],
  app: ['/ce-n-est-pas-moi/x', '/nowhere', '/app/nothing.js'],
  directory: [
    '/',
    '/coordonnees?session=aucune',
    '/coordonnees/sans-carte',
    '/coordonnees/ce-n-est-pas-moi?jeton=x',
    '/fhir/v2/metadata',
    '/nowhere',
  ],
  sandbox: ['/', `/lecteur/${'a'.repeat(32)}`, '/api/personas', '/api/mails', '/mails/none', '/nowhere'],
};

async function openAddresses({ urls }: TestServer): Promise<Page[]> {
  const listed = Object.entries(addresses).flatMap(([name, paths]) =>
    paths.map((path) => urls[name as keyof typeof urls] + path),
  );
  return Promise.all(listed.map((address) => createCookieBrowser().open(address)));
}

/** The pages of a sign-in by card, of a repair by card, of contact details and of signing out. */
async function walk(server: TestServer): Promise<Page[]> {
  const browser = createCookieBrowser();
  const choice = await openChoice(browser, server.urls);
  const reader = await press(browser, choice, '/carte');
  const inserted = await press(browser, reader, '/carte', { persona: 'infirmiere-adeli' });
  const wrongPin = await press(browser, inserted, '/code', { code: '0000' });
  const portal = await press(browser, wrongPin, '/code', { code: '1234' });
  const repair = await followNamed(browser, portal, 'Réparer ma connexion');
  const code = await pressNamed(browser, repair, 'Scanner avec mon téléphone');
  const mail = await pressNamed(browser, repair, 'Par mail et SMS');
  const contacts = await browser.open(new URL('/coordonnees', server.urls.directory));
  const ended = await press(browser, portal, '/deconnexion');
  return [choice, reader, inserted, wrongPin, portal, repair, code, mail, contacts, ended];
}

const policyOf = ({ headers }: Page): string => headers.get('content-security-policy') ?? '';

testOnOneServer('a page in a frame, or with a script of somebody else’s', {
  'no page of any listener can be put into a frame': async (server) => {
    const pages = [...(await openAddresses(server)), ...(await walk(server))];
    assert.ok(pages.length > 35);
    for (const page of pages) {
      const said = `${page.status} ${page.url}`;
      assert.match(policyOf(page), /frame-ancestors 'none'/, said);
      assert.equal(page.headers.get('x-frame-options'), 'DENY', said);
      assert.equal(page.headers.get('x-content-type-options'), 'nosniff', said);
    }
  },

  'no page runs or wears anything inline, or anything from elsewhere, or posts elsewhere': async (server) => {
    for (const page of [...(await openAddresses(server)), ...(await walk(server))]) {
      const policy = policyOf(page);
      const said = `${page.status} ${page.url} ${policy}`;
      assert.match(policy, /default-src 'none'/, said);
      assert.doesNotMatch(policy, /unsafe-|\*|(^|\s)https?:(\s|;|$)|strict-dynamic/, said);
      assert.match(policy, /base-uri 'none'/, said);
      assert.match(policy, /form-action ('self'|'none'|http:\/\/localhost:9)(;|$)/, said);
      if (!page.text.includes('Submitting Callback')) {
        assert.doesNotMatch(page.text, /<script(?![^>]* src=")[^>]*>|<style|\sstyle="|\son\w+="/, said);
      }
    }
  },

  'the app opens in the frame of the sandbox’s home and in no other': async ({ urls }) => {
    for (const path of ['/', '/activation', '/?lang=en', '/activation?frame=http://evil.example']) {
      const page = await createCookieBrowser().open(urls.app + path, {
        headers: { referer: 'http://evil.example/', origin: 'http://evil.example' },
      });
      const ancestors = /frame-ancestors ([^;]*)/.exec(policyOf(page))?.[1];
      assert.equal(ancestors, new URL(urls.sandbox).origin, path);
    }
  },

  'a mail is shown in its own clothes, but runs nothing and is framed by nobody': async (server) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    await pressNamed(browser, repair, 'Scanner avec mon téléphone');
    for (;;) {
      const { body } = await server.api<{ id: string }[]>('GET', '/api/mails');
      const [mail] = body;
      if (!mail) continue;
      const page = await browser.open(new URL(`/mails/${mail.id}`, server.urls.sandbox));
      assert.match(readable(page.text), /e-CPS/);
      assert.match(policyOf(page), /^default-src 'none'; style-src 'unsafe-inline'; img-src data:;/);
      assert.match(policyOf(page), /frame-ancestors 'none'/);
      assert.match(policyOf(page), /; sandbox (?!.*(allow-scripts|allow-same-origin|allow-forms))/);
      assert.doesNotMatch(page.text, /<script|<form/);
      return;
    }
  },
});
