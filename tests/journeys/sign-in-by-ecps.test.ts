import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { decodeJwt } from 'jose';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { usualEngine } from '../support/databases.ts';
import {
  type AuthorizationOptions,
  authorize,
  codeOf,
  openUntilService,
  presentCard,
  redeem,
  submit,
  userinfo,
} from '../support/oidc-client.ts';
import { type ProviderSite, startProviderSite } from '../support/provider-site.ts';

const number = '99700000013';
const startSite = (t: TestContext) => startProviderSite(t, usualEngine, undefined, { ecps: true });

/** Presses the button of this name; its form's action is found in the page. */
function press(
  browser: CookieBrowser,
  site: ProviderSite,
  page: Page,
  name: string,
  fields = {},
): Promise<Page> {
  return submit(browser, site, page, formOf(page, name), fields);
}

function formOf({ text }: Page, name: string): string {
  const forms = [...text.matchAll(/<form[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)];
  const named = (content: string) =>
    [...content.matchAll(/<button.*?<\/button>/gs)].some(([button]) => plain(button) === name);
  const action = forms.find(([, , content]) => named(content ?? ''))?.[1];
  assert.ok(action, `no button ${name}`);
  return action;
}

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#39;', "'")
    .trim();
const headingOf = ({ text }: Page) => plain(/<h1>(.*?)<\/h1>/.exec(text)?.[1] ?? '');
const numberOf = ({ text }: Page) => /data-testid="number">(\d+)</.exec(text)?.[1];

async function openForm(
  browser: CookieBrowser,
  site: ProviderSite,
  options?: AuthorizationOptions,
): Promise<Page> {
  return press(browser, site, await authorize(browser, site, options), 'e-CPS');
}

async function ask(
  browser: CookieBrowser,
  site: ProviderSite,
  typed = number,
  options?: AuthorizationOptions,
) {
  const form = await openForm(browser, site, options);
  return press(browser, site, form, 'Se connecter avec ma e-CPS', { identifiant: typed });
}

/** What the page's script, or its refresh, does. */
const readAgain = (browser: CookieBrowser, site: ProviderSite, page: Page) =>
  openUntilService(browser, site, page.url);

test('a nurse approves on her phone and the service learns who she is, by her e-CPS', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const waiting = await ask(browser, site);
  assert.equal(numberOf(waiting), '40');
  assert.match(waiting.text, /Encore 2 min/);
  assert.match(waiting.text, /<noscript><meta http-equiv="refresh" content="4; url=/);
  site.phones.answer('approved');
  const answer = await readAgain(browser, site, waiting);
  const tokens = await redeem(site, codeOf(answer));
  const { acr, authMode, auth_level, given_name, SubjectNameID } = decodeJwt(tokens.id_token);
  assert.deepEqual(
    { acr, authMode, auth_level, given_name, SubjectNameID },
    {
      acr: 'eidas1',
      authMode: 'MOBILE',
      auth_level: undefined,
      given_name: 'Jeanne',
      SubjectNameID: `8${number}`,
    },
  );
  const claims = await (await userinfo(site, tokens.access_token)).json();
  assert.equal(claims.authMode, 'MOBILE');
  assert.equal(claims.family_name, 'ENROLEE');
});

test('the phone is told the service, the browser and the number in its wire form', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const form = await openForm(browser, site);
  const action = formOf(form, 'Se connecter avec ma e-CPS');
  const response = await browser.request(new URL(action, form.url), {
    method: 'POST',
    headers: {
      origin: form.url.origin,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/1 Firefox/140.0',
    },
    body: new URLSearchParams({ identifiant: '9970 0000-013' }),
  });
  assert.equal(response.status, 303);
  const [question] = site.phones.questions;
  assert.equal(question?.identifier, `8${number}`);
  assert.deepEqual(question?.service, { clientId: 'hygie-demo', name: 'Service de démonstration' });
  assert.equal(question?.device, 'Firefox, Linux');
  assert.equal(question?.place, null);
  const cookies = await browser.jar.getCookies(form.url.href);
  const named = cookies.find(({ key }) => key === 'wallet_browser');
  assert.match(named?.value ?? '', /^[a-z2-7]{32}$/);
  assert.match(question?.browserHash ?? '', /^[0-9a-f]{64}$/);
});

test('a number of another shape, or with a wrong digit, is told at once and asks no phone', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const form = await openForm(browser, site);
  for (const [typed, words] of [
    ['99700000014', /Un chiffre ne va pas/],
    ['123', /ni un numéro RPPS/],
    ['', /Tapez votre identifiant/],
  ] as const) {
    const page = await press(browser, site, form, 'Se connecter avec ma e-CPS', { identifiant: typed });
    assert.equal(page.status, 422);
    assert.match(page.text, words);
    assert.match(page.text, /aria-invalid="true"/);
    assert.match(page.text, new RegExp(`value="${typed}"`));
  }
  assert.deepEqual(site.phones.questions, []);
});

test('the state tells how it stands, and the page says what happened with every way on', async (t) => {
  const site = await startSite(t);
  for (const [status, title] of [
    ['refused', 'Vous avez refusé la demande'],
    ['not_me', 'Vous avez répondu « Ce n’est pas moi »'],
    ['wrong_number', 'Le nombre choisi n’était pas le bon'],
    ['expired', 'La demande est restée sans réponse'],
    ['superseded', 'Une demande plus récente a remplacé celle-ci'],
  ] as const) {
    const browser = createCookieBrowser();
    const waiting = await ask(browser, site);
    const state = async () => (await browser.request(`${waiting.url}/state`)).json();
    assert.equal((await state()).pending, true);
    site.phones.answer(status);
    assert.deepEqual(await state(), { pending: false });
    const page = await readAgain(browser, site, waiting);
    assert.equal(headingOf(page), title);
    for (const name of ['Réessayer', 'Autre moyen', 'Revenir au service']) formOf(page, name);
    assert.equal(numberOf(await press(browser, site, page, 'Réessayer'))?.length, 2);
    assert.equal(site.phones.questions.at(-1)?.identifier, `8${number}`);
  }
});

test('two minutes without an answer end the request', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const waiting = await ask(browser, site);
  site.clock.setAhead(121_000);
  assert.equal(headingOf(await readAgain(browser, site, waiting)), 'La demande est restée sans réponse');
});

test('a second request of the same browser ends the first, whose page says so; another browser is left alone', async (t) => {
  const site = await startSite(t);
  const [hers, his] = [createCookieBrowser(), createCookieBrowser()];
  const first = await ask(hers, site);
  const other = await ask(his, site);
  const second = await ask(hers, site);
  assert.notEqual(numberOf(first), numberOf(second));
  assert.equal(headingOf(await readAgain(hers, site, first)), 'Une demande plus récente a remplacé celle-ci');
  assert.equal(numberOf(await readAgain(his, site, other)), numberOf(other));
  site.phones.answer('approved');
  assert.ok(codeOf(await readAgain(hers, site, second)));
});

test('a second request in the same sign-in keeps the two pages apart', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const first = await ask(browser, site);
  const corrected = await press(browser, site, first, 'Corriger l’identifiant');
  assert.match(corrected.text, new RegExp(`value="${number}"`));
  const second = await press(browser, site, corrected, 'Se connecter avec ma e-CPS', { identifiant: number });
  assert.equal(headingOf(await readAgain(browser, site, first)), 'Cette demande est abandonnée');
  assert.equal(numberOf(await readAgain(browser, site, second)), numberOf(second));
  const page = new URL(second.url.pathname.split('/e-cps/')[0] ?? '', second.url);
  assert.equal(numberOf(await openUntilService(browser, site, page)), numberOf(second));
});

test('leaving the waiting page, by another means or to the service, ends the request', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const choice = await press(browser, site, await ask(browser, site), 'Autre moyen');
  assert.equal(site.phones.statusOf('apr_0'), 'cancelled');
  assert.ok(codeOf(await presentCard(browser, site, choice)));
  const answer = await press(
    createCookieBrowser(),
    site,
    await ask(browser, site, number, { prompt: 'login' }),
    'Autre moyen',
  );
  assert.equal(answer.status, 410);
  const waiting = await ask(browser, site, number, { prompt: 'login' });
  const back = await press(browser, site, waiting, 'Revenir au service');
  assert.equal(back.url.searchParams.get('error'), 'access_denied');
  assert.equal(site.phones.statusOf('apr_2'), 'cancelled');
});

test('an expired e-CPS names its cause; a frozen, locked or refused one says until when', async (t) => {
  const site = await startSite(t);
  const until = site.clock.now() + 3 * 24 * 3_600_000;
  for (const [refusal, words] of [
    [{ outcome: 'expired' }, /arrivée à son terme/],
    [{ outcome: 'frozen' }, /est suspendue/],
    [{ outcome: 'locked', until }, /est bloquée jusqu’au \d+.* à \d\d:\d\d/],
    [{ outcome: 'blocked', until: site.clock.now() }, /ne peut rien demander jusqu’à \d\d:\d\d/],
    [{ outcome: 'limited', until: site.clock.now() }, /attendez jusqu’à/],
  ] as const) {
    site.phones.refusal = refusal;
    const browser = createCookieBrowser();
    const page = await ask(browser, site);
    assert.match(headingOf(page), words);
    const cause = /data-testid="cause" data-code="authenticator_expired".*?href="http:\/\/localhost:4003\/"/s;
    assert.equal(cause.test(page.text), refusal.outcome === 'expired');
    for (const name of ['Carte CPS', 'Réessayer', 'Autre moyen', 'Revenir au service']) formOf(page, name);
    assert.ok(
      codeOf(await presentCard(browser, site, { ...page, url: new URL(page.url.pathname, page.url) })),
    );
  }
});

test('the means that this browser used last comes first', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const order = ({ text }: Page) =>
    [...text.matchAll(/choice-name">(?:<span[^>]*>)?([^<]+)</g)].map(([, name]) => name);
  assert.deepEqual(order(await authorize(browser, site)), ['Carte CPS', 'e-CPS']);
  const waiting = await ask(browser, site);
  site.phones.answer('approved');
  await readAgain(browser, site, waiting);
  const again = await authorize(browser, site, { prompt: 'login' });
  assert.deepEqual(order(again), ['e-CPS', 'Carte CPS']);
  assert.match(again.text, /Dernier moyen utilisé ici/);
});

test('login_hint opens the page of the e-CPS with the number in it; one that is no number is ignored', async (t) => {
  const site = await startSite(t);
  for (const login_hint of [`8${number}`, number]) {
    const browser = createCookieBrowser();
    const page = await authorize(browser, site, { login_hint });
    assert.match(page.text, /Identifiant <span class="nowrap">e-CPS<\/span>/);
    assert.match(page.text, new RegExp(`value="${number}"`));
    assert.match((await press(browser, site, page, 'Autre moyen')).text, /Comment voulez-vous/);
  }
  const page = await authorize(createCookieBrowser(), site, { login_hint: 'claire@example.fr' });
  assert.match(page.text, /Comment voulez-vous/);
});

test('a service that asks for eidas2 is offered the card alone, and a session by e-CPS does not do', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const waiting = await ask(browser, site);
  site.phones.answer('approved');
  assert.ok(codeOf(await readAgain(browser, site, waiting)));
  assert.ok(codeOf(await authorize(browser, site, { prompt: 'none' })));
  const silent = await authorize(browser, site, { acr_values: 'eidas2', prompt: 'none' });
  assert.equal(silent.url.searchParams.get('error'), 'login_required');
  const page = await authorize(browser, site, { acr_values: 'eidas2', login_hint: number });
  assert.doesNotMatch(page.text, /e-CPS/);
  assert.equal(
    (await submit(browser, site, page, `${page.url.pathname}/e-cps`)).url.pathname,
    page.url.pathname,
  );
  const tokens = await redeem(site, codeOf(await presentCard(browser, site, page)));
  assert.equal(decodeJwt(tokens.id_token).acr, 'eidas2');
  assert.ok(codeOf(await authorize(browser, site, { acr_values: 'eidas2', prompt: 'none' })));
});

test('who has no e-CPS yet finds the address of the app and what is needed', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const page = await authorize(browser, site);
  const href = /href="([^"]*\/activation)"/.exec(page.text)?.[1];
  const activation = await browser.open(new URL(href ?? '', page.url));
  assert.match(activation.text, /<svg class="qr"[^>]*role="img" aria-label="QR code/);
  assert.match(activation.text, /href="http:\/\/localhost:4003\/"/);
  assert.equal(headingOf(activation), 'Activer une e-CPS');
});

test('a failed card leads to the e-CPS, and an expired one to its activation', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  site.card.answer = { failure: 'expired', reader: 'first' };
  const failed = await presentCard(browser, site, await authorize(browser, site));
  const cause =
    /data-testid="cause" data-code="authenticator_expired".*?href="http:\/\/localhost:4003\/"[^>]*>.*?<\/a>/s;
  assert.match(plain(cause.exec(failed.text)?.[0] ?? ''), /Demander l'activation de la e-CPS$/);
  const form = await press(browser, site, failed, 'e-CPS');
  const waiting = await press(browser, site, form, 'Se connecter avec ma e-CPS', { identifiant: number });
  site.phones.answer('approved');
  assert.ok(codeOf(await readAgain(browser, site, waiting)));
});

test('a sign-in that was approved goes on even if its page is read twice', async (t) => {
  const site = await startSite(t);
  const browser = createCookieBrowser();
  const waiting = await ask(browser, site);
  site.phones.answer('approved');
  const first = await browser.request(waiting.url);
  const second = await browser.request(waiting.url);
  assert.equal(first.status, 303);
  assert.equal(second.headers.get('location'), first.headers.get('location'));
  assert.ok(codeOf(await readAgain(browser, site, waiting)));
});
