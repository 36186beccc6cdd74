import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { organization, practitioner, role } from '../support/fhir-directory.ts';
import { openChoice, press, readable } from '../support/http-walk.ts';
import { followNamed, pressNamed } from '../support/named-controls.ts';
import { certifyHolder, presentOwnCard } from '../support/own-reader.ts';
import { startPortalSite } from '../support/portal-site.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { getPersona } from '../support/walk.ts';

/** Ends whatever a careless page would put it into: text, an attribute in either quote, a script, a comment, a style. */
const markup = `"'--></title></script></style><img src=x onerror=alert(1)><svg/onload=alert(1)>`;
const scheme = 'javascript:alert(1)';

/** No tag, handler or address of it is there; the text may be. */
function assertInert(page: Page, said: string): void {
  assert.doesNotMatch(page.text, /<img src=x|<svg\/onload|<\/title><\/script>/i, said);
  assert.doesNotMatch(page.text, /<[^>]*\s(href|src|action)="?\s*javascript:/i, said);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/, said);
  assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /unsafe-/, said);
}

test('names on a card are text on every page that greets its holder', async (t) => {
  const server = await startTestServer(t);
  const { rpps } = await getPersona(server, 'infirmier-rpps');
  for (const [nationalId, way] of [
    [{ kind: 'rpps', value: rpps ?? '' }, undefined],
    [{ kind: 'adeli', value: '996000019' }, 'Réparer ma connexion'],
  ] as const) {
    const browser = createCookieBrowser();
    const card = await certifyHolder(server, { nationalId, givenName: markup, familyName: `O'${markup}` });
    const portal = await presentOwnCard(server, card, browser);
    assert.equal(portal.status, 200);
    assert.ok(readable(portal.text).includes('onerror=alert(1)'), 'the name is shown');
    const pages = [portal, await browser.open(`${server.urls.directory}/coordonnees`)];
    if (way) pages.push(await followNamed(browser, portal, way));
    pages.push(await browser.open(server.urls.sandbox));
    pages.push(await browser.open(`${server.urls.wallet}/deconnexion`));
    for (const page of pages) assertInert(page, page.url.href);
  }
});

test('what the directory and userinfo hold is text on the portal, in every field that is shown', async (t) => {
  const { directory, signIn } = await startPortalSite(t);
  directory.answer((request) =>
    request.pathname.endsWith('/Practitioner')
      ? [
          practitioner({
            id: `p1${markup}`,
            qualification: [
              {
                code: {
                  coding: [
                    {
                      system:
                        'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante',
                      code: markup,
                      display: markup,
                    },
                  ],
                },
              },
            ],
          }),
        ]
      : [
          role('r1', 'o1', { code: [{ text: markup, coding: [{ code: markup, display: markup }] }] }),
          organization('o1', markup, {
            alias: [markup],
            telecom: [
              { system: 'phone', value: markup },
              { system: 'phone', value: scheme },
              { system: 'url', value: scheme },
              { system: 'email', value: scheme },
            ],
            address: [{ line: [markup], postalCode: markup, city: markup, text: markup }],
          }),
        ],
  );
  const claims = { given_name: markup, family_name: markup, codeCivilite: markup, authMode: markup };
  const { page } = await signIn({ SubjectNameID: '899700000013', ...claims });
  assertInert(page, 'places');
  for (const repair of [
    { cause: 'legacy_adeli_identity', uri: scheme },
    { cause: markup, uri: markup },
    { cause: 'no_rpps', uri: `data:text/html,${markup}`, steps: [markup] },
  ]) {
    const chain = {
      signedIn: { method: markup, kind: markup },
      directory: { rpps: markup, places: 0, asOf: markup },
      ecps: markup,
    };
    for (const SubjectNameID of ['0996000019', markup, `5${markup}/1`]) {
      const shown = await signIn({ SubjectNameID, ...claims, repair: { ...repair, chain } });
      assertInert(shown.page, `${SubjectNameID} ${repair.cause}`);
    }
  }
});

test('a browser’s name, and what an address or a form holds, are text in page, mail and outbox', async (t) => {
  const server = await startTestServer(t);
  const { urls } = server;
  const browser = createCookieBrowser();
  const withName = { headers: { 'user-agent': `Mozilla/5.0 (${markup}) Firefox/${markup}` } };
  const query = encodeURIComponent(markup);
  const addresses = [
    `${urls.wallet}/auth?client_id=${query}&redirect_uri=${query}&state=${query}`,
    `${urls.wallet}/auth?client_id=hygie-demo&redirect_uri=http://localhost:1/&response_type=code&scope=openid&login_hint=${query}`,
    `${urls.wallet}/session/retour?error=${query}&error_description=${query}&state=/${query}`,
    `${urls.wallet}/deconnexion?client_id=${query}&state=${query}`,
    `${urls.wallet}/mot-de-passe-oublie?retour=/${query}`,
    `${urls.wallet}/reparation/${query}`,
    `${urls.wallet}/${query}?lang=${query}`,
    `${urls.portal}/connexion/retour?error=${query}&state=${query}&error_description=${query}`,
    `${urls.portal}/connexion/initier?iss=${query}&target_link_uri=${query}`,
    `${urls.directory}/coordonnees/transmise?reference=${query}`,
    `${urls.directory}/coordonnees/ce-n-est-pas-moi?jeton=${query}`,
    `${urls.sandbox}/lecteur/${'a'.repeat(32)}?x=${query}`,
    `${urls.app}/ce-n-est-pas-moi/${query}`,
    `${urls.connect}/${query}`,
  ];
  for (const address of addresses) assertInert(await browser.open(address, withName), address);

  const removal = await browser.open(`${urls.wallet}/mot-de-passe-oublie`);
  assertInert(await pressNamed(browser, removal, 'Continuer', { identifiant: markup }), 'removal');
  const choice = await openChoice(browser, urls);
  const typed = await press(browser, await press(browser, choice, '/e-cps'), '/e-cps/demande', {
    identifiant: markup,
  });
  assertInert(typed, 'e-CPS');
});

test('text in a mail is text, and its links lead where they say', async (t) => {
  const server = await startTestServer(t);
  const browser = createCookieBrowser();
  const headers = {
    'sec-fetch-site': 'same-origin',
    'user-agent': `Mozilla/5.0 (X11; Linux ${markup}) Gecko/20100101 Firefox/130.0 ${markup}`,
  };
  const { rpps, email } = (await getPersona(server, 'infirmier-rpps')) as unknown as Record<string, string>;
  await server.api('POST', '/api/ecps', { persona: 'infirmier-rpps', behaviour: 'ignore' });
  await browser.open(`${server.urls.wallet}/mot-de-passe-oublie`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ identifiant: rpps ?? '' }),
  });
  const step = await browser.open(`${server.urls.wallet}/mot-de-passe-oublie/suite`);
  await pressNamed(browser, step, 'Recevoir les codes');
  for (;;) {
    const { body } = await server.api<{ id: string }[]>('GET', `/api/mails?to=${email}`);
    const [mail] = body;
    if (!mail) continue;
    const page = await browser.open(`${server.urls.sandbox}/mails/${mail.id}`);
    assert.doesNotMatch(page.text, /<img src=x|<svg\/onload|<script|javascript:/i);
    const hosts = [...page.text.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => new URL(href).hostname);
    for (const host of hosts) assert.equal(host, 'localhost');
    return;
  }
});
