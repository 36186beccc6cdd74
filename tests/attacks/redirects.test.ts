import assert from 'node:assert/strict';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { signInByCard } from '../support/http-walk.ts';
import { sendRaw } from '../support/raw-request.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

/** What a careless reader takes for a path of its own site. */
const elsewhere = [
  'https://evil.example/',
  '//evil.example/',
  '///evil.example/',
  '/\\evil.example/',
  '\\/evil.example/',
  '/.//evil.example/',
  '/..//evil.example/',
  '/x/../..//evil.example/',
  '/%2e//evil.example/',
  '/.\\/evil.example/',
  '/\t/evil.example/',
  '\t//evil.example/',
  ' //evil.example/',
  '/\n/evil.example/',
  'javascript:alert(1)//evil.example',
  'data:text/html,evil.example',
  'http:evil.example',
  '@evil.example/',
  '.evil.example/',
];

/** Parameters that name where to go on, of every page that takes one. */
const doors: [keyof TestServer['urls'], string, string][] = [
  ['portal', '/connexion/demarrer', 'retour'],
  ['directory', '/connexion/demarrer', 'retour'],
  ['wallet', '/session/retour', 'state'],
  ['wallet', '/mot-de-passe-oublie', 'retour'],
  ['directory', '/coordonnees/sans-carte', 'retour'],
];
/** Names that others use; here they mean nothing. */
const unknown = [
  'next',
  'returnTo',
  'return_to',
  'redirect',
  'redirect_uri',
  'url',
  'continue',
  'target',
  'post_logout_redirect_uri',
];
const plainPages: [keyof TestServer['urls'], string][] = [
  ['portal', '/professionnel/connexion'],
  ['portal', '/professionnel/lieux'],
  ['portal', '/deconnexion/retour'],
  ['wallet', '/reparation'],
  ['wallet', '/deconnexion/terminee'],
  ['directory', '/coordonnees'],
  ['sandbox', '/portail'],
];

const leadsAway = (address: string | null, base: string): boolean =>
  address !== null && URL.parse(address, base)?.hostname.endsWith('localhost') !== true;

testOnOneServer('an address that leads elsewhere', {
  'is followed by no page, signed in or not': async ({ urls }) => {
    const browser = createCookieBrowser();
    await signInByCard(browser, urls, 'infirmier-rpps');
    for (const [name, path, parameter] of doors)
      for (const target of elsewhere) {
        const url = new URL(path, urls[name]);
        url.searchParams.set(parameter, target);
        const answer = await browser.request(url);
        assert.equal(leadsAway(answer.headers.get('location'), url.href), false, url.href);
        const hrefs = [...(await answer.text()).matchAll(/(?:href|action|url)="?([^"]+)"/g)];
        for (const [, href = ''] of hrefs)
          assert.equal(leadsAway(href.replaceAll('&amp;', '&'), url.href), false, `${url.href} ${href}`);
        const end = await browser.open(url);
        assert.ok(end.url.hostname.endsWith('localhost'), `${url.href} ${end.url}`);
      }
  },

  'is not read from parameters that others have': async ({ urls }) => {
    for (const [name, path] of plainPages) {
      const url = new URL(path, urls[name]);
      for (const parameter of unknown) url.searchParams.set(parameter, 'https://evil.example/');
      const answer = await createCookieBrowser().request(url);
      assert.equal(leadsAway(answer.headers.get('location'), url.href), false, url.href);
    }
  },

  'does not follow a sign-out or come with an initiated sign-in': async ({ urls }) => {
    const issuer = `${urls.connect}/auth/realms/esante-wallet`;
    for (const target of elsewhere) {
      for (const clientId of ['', 'hygie-portal', 'hygie-demo', 'nobody']) {
        const query = new URLSearchParams({
          client_id: clientId,
          post_logout_redirect_uri: target,
          state: 's',
        });
        const asked = await fetch(`${issuer}/protocol/openid-connect/logout?${query}`, {
          redirect: 'manual',
        });
        assert.equal(leadsAway(asked.headers.get('location'), urls.wallet), false, target);
        const confirmed = await createCookieBrowser().request(`${urls.wallet}/deconnexion`, {
          method: 'POST',
          headers: { 'sec-fetch-site': 'same-origin' },
          body: query,
        });
        const next = confirmed.headers.get('location');
        assert.equal(leadsAway(next, urls.wallet), false, `${clientId} ${target}`);
        assert.doesNotMatch(await confirmed.text(), /http-equiv="refresh"/);
      }
      const initiate = new URL('/connexion/initier', urls.portal);
      initiate.search = new URLSearchParams({ iss: issuer, target_link_uri: target }).toString();
      const end = await createCookieBrowser().open(initiate);
      assert.equal(end.url.origin, urls.wallet, target);
    }
  },

  'takes no header along: line breaks are no part of a redirect': async ({ urls }) => {
    const inserted = '%0d%0aSet-Cookie:%20evil=1%0d%0aLocation:%20https://evil.example/';
    const targets: [keyof typeof urls, string][] = [
      ...doors.map(([name, path, parameter]): [keyof typeof urls, string] => [
        name,
        `${path}?${parameter}=/x${inserted}`,
      ]),
      ['wallet', `/connexion/x/carte?lang=en${inserted}`],
      ['wallet', `/reparation/x${inserted}`],
      ['connect', `/auth/realms/esante-wallet/protocol/openid-connect/auth?state=${inserted}`],
      ['connect', `/auth/realms/esante-wallet/protocol/openid-connect/logout?state=${inserted}`],
      ['sandbox', `/lecteur/${'a'.repeat(32)}${inserted}`],
    ];
    for (const [name, target] of targets) {
      const { headers, text } = await sendRaw(urls[name], `GET ${target}`, ['Host: localhost']);
      assert.doesNotMatch(headers.getSetCookie().join(), /evil=1/, target);
      assert.doesNotMatch(text.slice(0, text.indexOf('\r\n\r\n')), /^location: https:\/\/evil/im, target);
    }
  },
});
