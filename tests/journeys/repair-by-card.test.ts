import assert from 'node:assert/strict';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { codeOf, headingOf, readable, signInByCard, textOf } from '../support/http-walk.ts';
import { followNamed, hrefOf, pressNamed } from '../support/named-controls.ts';
import {
  activateByToken,
  isPending,
  openPhone,
  openRepair,
  readCard,
  signInByPhone,
  tokenOf,
} from '../support/repair-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';
import { getPersona } from '../support/walk.ts';

const scan = 'Scanner avec mon téléphone';
const minuteMs = 60_000;
const wait = (server: TestServer, advanceMs: number) => server.api('POST', '/api/clock', { advanceMs });

interface Message {
  subject?: string;
  text: string;
}

/** What came to a persona, once there are `count`. */
async function listMessages(server: TestServer, path: string, count: number): Promise<Message[]> {
  for (;;) {
    const { body } = await server.api<Message[]>('GET', path);
    if (body.length >= count) return body;
    await new Promise(setImmediate);
  }
}

testOnOneServer('a repair by card QR', {
  'the guide by card QR: from no place, over the phone, to her two places': async (server) => {
    const { rpps, email, phone: mobile } = await findReach(server, 'infirmiere-adeli');
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    assert.equal(headingOf(repair), 'Réparer ma connexion');
    const list = /<ol[^>]*>(.*?)<\/ol>/s.exec(repair.text)?.[1] ?? '';
    assert.match(readable(list), /^Activez une e-CPS avec votre numéro RPPS.* Entrez avec elle/);

    const code = await pressNamed(browser, repair, scan);
    assert.match(code.text, /<svg class="qr"/);
    assert.ok(await isPending(browser, code));
    const phone = await activateByToken(server, tokenOf(code, server));
    assert.deepEqual(phone.credential.nationalId, { kind: 'rpps', value: rpps });
    assert.equal(phone.credential.returnUrl, returnUrl(server, rpps));

    assert.equal(await isPending(browser, code), false);
    const form = await browser.open(code.url);
    assert.equal(form.url.origin, server.urls.wallet);
    assert.match(form.text, new RegExp(`name="identifiant"[^>]*value="${rpps}"`));
    const places = await signInByPhone(browser, form, phone);
    assert.equal(textOf(places, 'national-id'), `Numéro RPPS ${rpps}`);
    assert.equal(places.text.match(/<article/g)?.length, 2);

    const subjects = (await listMessages(server, `/api/mails?to=${email}`, 2)).map(({ subject }) => subject);
    assert.deepEqual(subjects.sort(), [
      'Une e-CPS est demandée avec votre numéro ADELI',
      'Votre e-CPS est activée',
    ]);
    assert.equal((await listMessages(server, `/api/sms?to=${mobile}`, 2)).length, 2);
  },
  'afterwards the old identity comes back under no session, and leads on at once': async (server) => {
    const { rpps } = await findReach(server, 'infirmiere-adeli');
    const [browser, other] = [createCookieBrowser(), createCookieBrowser()];
    await signInByCard(other, server.urls, 'infirmiere-adeli');
    const code = await pressNamed(browser, await openRepair(browser, server, 'infirmiere-adeli'), scan);
    const phone = await activateByToken(server, tokenOf(code, server));
    for (const one of [browser, other]) {
      const portal = await one.open(new URL('/professionnel/lieux', server.urls.portal));
      assert.equal(portal.url.pathname, '/professionnel/connexion', 'the portal’s session has ended');
    }
    const again = await openRepair(other, server, 'infirmiere-adeli');
    assert.equal(codeOf(again, 'cause'), 'legacy_adeli_identity');
    assert.doesNotMatch(readable(again.text), new RegExp(`${scan}|Par mail et SMS`));
    const href = new URL(hrefOf(again, 'Se connecter avec ma e-CPS') ?? '', again.url);
    const form = await other.open(href, { headers: { 'sec-fetch-site': 'same-origin' } });
    const places = await signInByPhone(other, form, phone);
    assert.equal(textOf(places, 'national-id'), `Numéro RPPS ${rpps}`);
  },
  'a code lives 90 s and serves one phone; the page draws the next one': async (server) => {
    const browser = createCookieBrowser();
    const code = await pressNamed(browser, await openRepair(browser, server, 'infirmiere-adeli'), scan);
    const [first, second] = [tokenOf(code, server), tokenOf(await browser.open(code.url), server)];
    assert.notEqual(first, second);
    await wait(server, 2 * minuteMs);
    const phones = await Promise.all([openPhone(server), openPhone(server), openPhone(server)]);
    await assert.rejects(phones[0].redeem(first), { code: 'activation.expired' });
    const fresh = tokenOf(await browser.open(code.url), server);
    const redeemed = await Promise.allSettled(phones.map((phone) => phone.redeem(fresh)));
    assert.equal(redeemed.filter(({ status }) => status === 'fulfilled').length, 1);

    assert.equal(await isPending(browser, code), false);
    const taken = await browser.open(code.url);
    assert.equal(headingOf(taken), 'Continuez sur votre téléphone');
    assert.ok(await isPending(browser, taken));
  },
  'a card vouches for one phone, in its first five minutes; then the reader is asked again': async (
    server,
  ) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    await wait(server, 6 * minuteMs);
    const choice = await pressNamed(browser, repair, scan);
    assert.match(choice.url.pathname, /^\/connexion\//);
    assert.doesNotMatch(readable(choice.text), /Se connecter avec ma e-CPS/);
    const code = await readCard(browser, choice, 'infirmiere-adeli');
    assert.equal(code.url.pathname, `${repair.url.pathname}/telephone`);
    await (await openPhone(server)).redeem(tokenOf(code, server));

    const taken = await browser.open(code.url);
    const again = await followNamed(browser, taken, 'Recommencer avec un autre code');
    assert.match(again.url.pathname, /^\/connexion\//, 'this card has vouched for a phone');
    const next = await readCard(browser, again, 'infirmiere-adeli');
    await activateByToken(server, tokenOf(next, server));
  },
  'two tabs that ask at the same time show one enrolment': async (server) => {
    const browser = createCookieBrowser();
    const repair = await openRepair(browser, server, 'infirmiere-adeli');
    const address = new URL(`${repair.url.pathname}/telephone`, repair.url);
    const pages = await Promise.all(Array.from({ length: 5 }, () => browser.open(address)));
    const enrolments = pages.map((page) => tokenOf(page, server).split('.')[1]);
    assert.equal(new Set(enrolments).size, 1);
  },
});

async function findReach(server: TestServer, slug: string) {
  const { rpps, email, phone } = (await getPersona(server, slug)) as unknown as Record<string, string>;
  return { rpps: rpps ?? '', email: email ?? '', phone: phone ?? '' };
}

function returnUrl({ urls }: TestServer, rpps: string): string {
  const url = new URL('/connexion/initier', urls.portal);
  url.searchParams.set('iss', `${urls.connect}/auth/realms/esante-wallet`);
  url.searchParams.set('login_hint', `8${rpps}`);
  return url.href;
}
