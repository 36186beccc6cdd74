import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { decodeJwt } from 'jose';
import { waitForMessages } from '../support/contact-walk.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { readUserInfo, redeemDemoCode } from '../support/demo-client.ts';
import { codeOf, headingOf, readable, signInByCard, textOf } from '../support/http-walk.ts';
import { pressNamed } from '../support/named-controls.ts';
import { readTrail } from '../support/read-trail.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { getPersona } from '../support/walk.ts';

const slug = 'infirmiere-adeli';

const walks: Record<string, (server: TestServer, t: TestContext) => Promise<void>> = {
  'the nurse of the guide signs in by her ADELI card and finds her places': async (server) => {
    const { rpps, places } = await getPersona(server, slug);
    const page = await signInByCard(createCookieBrowser(), server.urls, slug);
    assert.equal(headingOf(page), "Mes lieux d'exercice");
    assert.equal(textOf(page, 'national-id'), `Numéro RPPS ${rpps}`);
    assert.equal(codeOf(page, 'cause'), undefined);
    for (const place of places) assert.match(readable(page.text), new RegExp(place));
  },

  'services get the RPPS identity, the names of the card and both numbers': async (server) => {
    const { idNatPs, rpps, adeli, givenName, familyName } = await getPersona(server, slug);
    const tokens = await redeemDemoCode(server, slug);
    const access = decodeJwt(tokens.access_token);
    const id = decodeJwt(tokens.id_token);
    const claims = await readUserInfo(server, slug);
    const otherIds = [
      { identifiant: `8${rpps}`, origine: 'RPPS', qualite: 1 },
      { identifiant: `0${adeli}`, origine: 'ADELI', qualite: 1 },
    ];
    assert.equal(idNatPs, `0${adeli}`);
    for (const told of [access, id, claims]) {
      assert.equal(told.SubjectNameID, `8${rpps}`);
      assert.equal(told.preferred_username, `8${rpps}`);
      assert.equal(told.sub, `f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:8${rpps}`);
    }
    assert.deepEqual([access.otherIds, claims.otherIds], [otherIds, otherIds]);
    assert.deepEqual(
      [claims.given_name, claims.family_name.toUpperCase()],
      [givenName, familyName.toUpperCase()],
    );
    assert.equal(claims.SubjectOrganization === '', false);
    assert.deepEqual(claims.repair.cause, null);
  },

  'each use is in the trail and announced to the record, with the name of the service': async (server) => {
    const { rpps, adeli } = await getPersona(server, slug);
    await redeemDemoCode(server, slug);
    const [mail, ...mails] = await waitForMessages(server, 'mails', 1);
    const [sms] = await waitForMessages(server, 'sms', 1);
    assert.deepEqual(mails, []);
    assert.equal(mail?.subject, 'Connexion avec votre ancien numéro ADELI');
    const said = mail?.text.replace(/\s/g, '') ?? '';
    for (const number of [rpps, adeli]) assert.ok(number && said.includes(number));
    assert.match(said, /Service:\S+/);
    assert.match(sms?.text ?? '', /ancien numéro ADELI/);
    assert.doesNotMatch(sms?.text ?? '', /\d{6}/);
    const used = await readTrail(server, 'directory.link_used');
    assert.deepEqual(used, [{ subject: `0${adeli}`, details: { purpose: 'bridging' } }]);
    await redeemDemoCode(server, slug);
    assert.equal((await waitForMessages(server, 'mails', 2)).length, 2);
    assert.equal((await readTrail(server, 'directory.link_used')).length, 2);
  },

  'whoever signs in under RPPS, or whose number leads nowhere, is told as ever, and nobody is written to':
    async (server) => {
      for (const other of ['infirmier-rpps', 'infirmiere-non-inscrite', 'infirmiere-homonyme']) {
        const { idNatPs } = await getPersona(server, other);
        const claims = await readUserInfo(server, other);
        assert.equal(claims.SubjectNameID, idNatPs, other);
        assert.equal((claims.otherIds as unknown[]).length, 1, other);
      }
      assert.deepEqual(await readTrail(server, 'directory.link_used'), []);
      assert.deepEqual((await server.api('GET', '/api/mails')).body, []);
    },

  'an e-CPS under ADELI is bridged too': async (server) => {
    const { rpps } = await getPersona(server, 'infirmier-ecps-adeli');
    const { SubjectNameID, authMode } = await readUserInfo(server, 'infirmier-ecps-adeli', {
      method: 'ecps',
    });
    assert.deepEqual([SubjectNameID, authMode], [`8${rpps}`, 'MOBILE']);
  },

  'a change of contact details under the card uses the link once more': async (server) => {
    const browser = createCookieBrowser();
    await signInByCard(browser, server.urls, slug);
    const page = await browser.open(`${server.urls.directory}/coordonnees`);
    const typed = { adresse: 'claire@laposte.net', mobile: '0639987742' };
    const saved = await pressNamed(browser, page, 'Enregistrer', typed);
    assert.equal(headingOf(saved), 'Vos coordonnées sont enregistrées');
    const used = await readTrail(server, 'directory.link_used');
    assert.deepEqual(
      used.map(({ details }) => details),
      [{ purpose: 'bridging' }, { purpose: 'contact_change' }],
    );
  },

  'wallet’s own repair is still there, for the number of the card': async (server) => {
    const { adeli } = await getPersona(server, slug);
    const browser = createCookieBrowser();
    await signInByCard(browser, server.urls, slug);
    const repair = await browser.open(new URL('/reparation', server.urls.wallet));
    assert.equal(textOf(repair, 'national-id'), `Numéro ADELI ${adeli}`);
    assert.equal(codeOf(repair, 'cause'), 'legacy_adeli_identity');
  },
};

test('with bridging on', async (t) => {
  const server = await startTestServer(t, { env: { HYGIE_BRIDGING: 'on' } });
  for (const [sentence, walk] of Object.entries(walks))
    await t.test(sentence, async (inner) => {
      await server.api('POST', '/api/reset');
      await walk(server, inner);
    });
});

test('with functional identifiers the portal finds the number in otherIds', async (t) => {
  const server = await startTestServer(t, { env: { HYGIE_PSC_ERA: '2026-psi' } });
  const { rpps, places } = await getPersona(server, 'infirmier-rpps');
  const page = await signInByCard(createCookieBrowser(), server.urls, 'infirmier-rpps');
  assert.equal(textOf(page, 'national-id'), `Numéro RPPS ${rpps}`);
  for (const place of places) assert.match(readable(page.text), new RegExp(place));
});
