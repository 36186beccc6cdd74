import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { readUserInfo, signInByApi } from '../support/demo-client.ts';
import { askPhone, waitForPhone } from '../support/ecps-walk.ts';
import { headingOf, openChoice, readable } from '../support/http-walk.ts';
import { followNamed, hrefOf, pressNamed } from '../support/named-controls.ts';
import { openRepair, readCard } from '../support/repair-walk.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

interface Persona {
  slug: string;
  nationalId: string;
  adeli: string | null;
  rpps: string;
  email: string;
  phone: string;
  ecps: { status: string };
}

interface Message {
  to: string;
  subject?: string;
  text: string;
  code: string | null;
  links: { text: string; href: string }[];
}

/** With its check digit. */
const unknownNumber = '99700099999';
const forgotten = 'Mot de passe oublié';
const removed = 'Votre e-CPS a été supprimée';

async function getPersona(server: TestServer, slug: string): Promise<Persona> {
  const { body } = await server.api<Persona[]>('GET', '/api/personas');
  const persona = body.find((candidate) => candidate.slug === slug);
  assert.ok(persona);
  return persona;
}

/** Messages to a person once there are as many, newest first. */
async function messages(
  server: TestServer,
  channel: 'mails' | 'sms',
  to: string,
  count: number,
): Promise<Message[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { body } = await server.api<Message[]>('GET', `/api/${channel}?to=${encodeURIComponent(to)}`);
    if (body.length >= count) return body;
    assert.ok(Date.now() < deadline, `${body.length} ${channel} of ${count}`);
    await new Promise(setImmediate);
  }
}

/** From the portal to the page that asks how one proves to be the owner. */
async function typeNumber(browser: CookieBrowser, { urls }: TestServer, number: string): Promise<Page> {
  const form = await followNamed(browser, await openChoice(browser, urls), forgotten);
  assert.equal(headingOf(form), forgotten);
  return pressNamed(browser, form, 'Continuer', { identifiant: number });
}

/** The form of **Bloquer** goes to the page's own address. */
const pressBlock = (browser: CookieBrowser, page: Page) => browser.submit(page.url, page.url.href);

test('a nurse who forgot the password of an ADELI e-CPS removes it by both codes', async (t) => {
  const server = await startTestServer(t);
  const { adeli, email, phone } = await getPersona(server, 'infirmier-ecps-adeli');
  const browser = createCookieBrowser();
  const choose = await typeNumber(browser, server, adeli ?? '');
  const asked = await pressNamed(browser, choose, 'Recevoir les codes');
  const [mail] = await messages(server, 'mails', email, 1);
  const [sms] = await messages(server, 'sms', phone, 1);
  assert.match(mail?.subject ?? '', /code pour supprimer votre e-CPS/);
  assert.match(mail?.code ?? '', /^\d{6}$/);
  assert.notEqual(mail?.code, sms?.code);
  assert.equal(sms?.text.split('\n').at(-1), `@localhost #${sms?.code}`);
  const codes = { 'code-mail': mail?.code ?? '', 'code-sms': sms?.code ?? '' };
  const end = await pressNamed(browser, asked, 'Supprimer ma e-CPS', codes);
  assert.equal(headingOf(end), removed);
  assert.equal(hrefOf(end, 'Continuer'), undefined);
  const [notice] = await messages(server, 'mails', email, 2);
  assert.match(notice?.subject ?? '', /votre e-CPS est supprimée/);
  const [said] = await messages(server, 'sms', phone, 2);
  assert.match(said?.text ?? '', /a été supprimée par "Mot de passe oublié"/);
  assert.equal((await getPersona(server, 'infirmier-ecps-adeli')).ecps.status, 'none');
  const back = await followNamed(browser, end, 'Revenir où j’en étais');
  assert.equal(headingOf(back), 'Comment voulez-vous vous connecter ?');
});

test('the card of the number, or of its link, removes it; any other gets the answer for an unknown one', async (t) => {
  const server = await startTestServer(t);
  const { adeli, rpps } = await getPersona(server, 'infirmier-ecps-adeli');
  const doctor = await getPersona(server, 'medecin-deux-lieux');
  const nothing = async (number: string, slug: string) => {
    const browser = createCookieBrowser();
    const page = await readCard(browser, await typeNumber(browser, server, number), slug);
    return readable(page.text).replaceAll(number, 'NUMBER');
  };
  const unknown = await nothing(unknownNumber, 'infirmier-ecps-adeli');
  assert.match(unknown, /Rien n’a été supprimé/);
  assert.equal(await nothing(doctor.nationalId, 'infirmier-ecps-adeli'), unknown);
  // Her own number, under which there is no e-CPS.
  assert.equal(await nothing(rpps, 'infirmier-ecps-adeli'), unknown);
  assert.equal((await getPersona(server, 'medecin-deux-lieux')).ecps.status, 'active');

  const browser = createCookieBrowser();
  const end = await readCard(browser, await typeNumber(browser, server, adeli ?? ''), 'infirmier-ecps-adeli');
  assert.equal(headingOf(end), removed);
  assert.equal((await getPersona(server, 'infirmier-ecps-adeli')).ecps.status, 'none');
});

test('a card that is not valid says so and leaves the other ways', async (t) => {
  const server = await startTestServer(t);
  const browser = createCookieBrowser();
  const { nationalId } = await getPersona(server, 'infirmier-carte-expiree');
  const page = await readCard(
    browser,
    await typeNumber(browser, server, nationalId),
    'infirmier-carte-expiree',
  );
  assert.match(readable(page.text), /Votre carte n’a pas été reconnue/);
  await pressNamed(browser, page, 'Recevoir les codes');
});

test('the sessions that the e-CPS opened end everywhere', async (t) => {
  const server = await startTestServer(t);
  const slug = 'medecin-deux-lieux';
  const { nationalId, email, phone } = await getPersona(server, slug);
  await server.api('POST', '/api/ecps', { persona: slug, behaviour: 'approve' });
  const browser = createCookieBrowser();
  const { urls } = server;
  await waitForPhone(browser, await askPhone(browser, await openChoice(browser, urls), nationalId));
  const places = new URL('/professionnel/lieux', urls.portal);
  assert.equal(headingOf(await browser.open(places)), "Mes lieux d'exercice");

  const other = createCookieBrowser();
  const asked = await pressNamed(other, await typeNumber(other, server, nationalId), 'Recevoir les codes');
  const [mail] = await messages(server, 'mails', email, 1);
  const [sms] = await messages(server, 'sms', phone, 1);
  const codes = { 'code-mail': mail?.code ?? '', 'code-sms': sms?.code ?? '' };
  assert.equal(headingOf(await pressNamed(other, asked, 'Supprimer ma e-CPS', codes)), removed);
  assert.notEqual(headingOf(await browser.open(places)), "Mes lieux d'exercice");
  const { status } = await signInByApi(server, slug, { method: 'ecps' });
  assert.equal(status, 200, 'the simulated phone activates anew');
});

test('inside a repair the way goes on, with the RPPS number filled in', async (t) => {
  const server = await startTestServer(t);
  const slug = 'infirmier-ecps-adeli';
  const { adeli, rpps } = await getPersona(server, slug);
  const browser = createCookieBrowser();
  const repair = await openRepair(browser, server, slug);
  const form = await followNamed(browser, repair, forgotten);
  const choose = await pressNamed(browser, form, 'Continuer', { identifiant: adeli ?? '' });
  const end = await readCard(browser, choose, slug);
  assert.equal(headingOf(end), removed);
  const app = await browser.open(new URL('/mot-de-passe-oublie/activation', server.urls.wallet));
  assert.equal(hrefOf(app, "Demander l'activation de la e-CPS"), `${server.urls.app}/#rpps=${rpps}`);
  const on = await followNamed(browser, end, 'Continuer');
  assert.equal(headingOf(on), 'Réparer ma connexion');
  assert.equal(hrefOf(on, forgotten), undefined, 'what was removed is no step any more');
});

test('nothing leaves for a number without e-CPS, or that nobody has', async (t) => {
  const server = await startTestServer(t);
  const { rpps } = await getPersona(server, 'infirmiere-adeli');
  for (const number of [rpps, unknownNumber]) {
    const browser = createCookieBrowser();
    const page = await pressNamed(browser, await typeNumber(browser, server, number), 'Recevoir les codes');
    assert.equal(headingOf(page), 'Recopiez les deux codes');
  }
  // The queue is worked off in order: what this one brings comes after whatever the others would have brought.
  const { adeli, email } = await getPersona(server, 'infirmier-ecps-adeli');
  const browser = createCookieBrowser();
  await pressNamed(browser, await typeNumber(browser, server, adeli ?? ''), 'Recevoir les codes');
  await messages(server, 'mails', email, 1);
  assert.equal((await server.api<Message[]>('GET', '/api/mails')).body.length, 1);
});

test('the pages are there in English too', async (t) => {
  const server = await startTestServer(t);
  const browser = createCookieBrowser();
  const form = await browser.open(new URL('/mot-de-passe-oublie?lang=en', server.urls.wallet));
  assert.equal(headingOf(form), 'Forgotten password');
  const wrong = await pressNamed(browser, form, 'Continue', { identifiant: '99700000014' });
  assert.equal(wrong.status, 422);
  const page = await pressNamed(browser, form, 'Continue', { identifiant: '8 9970 0000 013' });
  assert.equal(headingOf(page), 'Prove that this e-CPS is yours');
  const codes = await pressNamed(browser, page, 'Receive the codes');
  assert.match(readable(codes.text), /Delete my e-CPS/);
});

test('a frozen e-CPS is thawed by the card, if its owner wants that', async (t) => {
  const server = await startTestServer(t);
  const slug = 'infirmier-rpps';
  const { nationalId, email } = await getPersona(server, slug);
  await server.api('POST', '/api/ecps', { persona: slug, behaviour: 'approve' });
  await readUserInfo(server, slug, { method: 'ecps' });
  const stranger = createCookieBrowser();
  const notice = (await messages(server, 'mails', email, 2)).find(({ subject }) =>
    subject?.includes('activée'),
  );
  const link = notice?.links.find(({ text }) => text === "Ce n'est pas moi");
  const blocked = await pressBlock(stranger, await stranger.open(link?.href ?? ''));
  assert.equal(headingOf(blocked), 'C’est bloqué');

  for (const wish of ['skip', 'thaw']) {
    const browser = createCookieBrowser();
    const frozen = await askPhone(browser, await openChoice(browser, server.urls), nationalId);
    assert.equal(headingOf(frozen), 'Votre e-CPS est suspendue');
    const offer = await readCard(browser, frozen, slug);
    assert.equal(headingOf(offer), 'Votre e-CPS est suspendue');
    const places =
      wish === 'skip'
        ? await followNamed(browser, offer, 'Continuer sans la débloquer')
        : await pressNamed(browser, offer, 'Débloquer mon e-CPS');
    assert.equal(headingOf(places), "Mes lieux d'exercice");
  }
  const browser = createCookieBrowser();
  const waiting = await askPhone(browser, await openChoice(browser, server.urls), nationalId);
  assert.equal(headingOf(await waitForPhone(browser, waiting)), "Mes lieux d'exercice");
});
