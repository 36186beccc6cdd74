import assert from 'node:assert/strict';
import { CallRefused, PasswordRefused, readActivationToken } from '#ecps-phone';
import { listenerNames } from '#platform/http/site.ts';
import { activationLink, smsCode } from './app-walk.ts';
import { getPersona, type Message, openContactPage, presentCard, waitForMessages } from './contact-walk.ts';
import { createCookieBrowser } from './cookie-browser.ts';
import { readUserInfo, signInByApi } from './demo-client.ts';
import { askPhone } from './ecps-walk.ts';
import { headingOf, openChoice, press, textOf } from './http-walk.ts';
import { askMtls, type ClientCertificate } from './mtls-client.ts';
import { followNamed, pressNamed } from './named-controls.ts';
import {
  type ActivePhone,
  activateByToken,
  openPhone,
  openRepair,
  password,
  signInByPhone,
  tokenOf,
} from './repair-walk.ts';
import type { TestServer } from './start-test-server.ts';

/** What people type and know that goes over no wire, or not as it is. */
export const typedSecrets = ['une tisane de thym', 'une tisane de sauge', '06 39 98 77 42', '7391'];
const wrongPassword = 'une tisane de sauge';
const typed = { adresse: 'lina.kerbrat@laposte.net', mobile: '06 39 98 77 42' };
const realm = '/auth/realms/esante-wallet/protocol/openid-connect';

const refused = (act: Promise<unknown>) =>
  assert.rejects(act, (error) => error instanceof CallRefused || error instanceof PasswordRefused);

/** What people do and what goes wrong, by hand and by phone. */
export const logWalks: Record<string, (server: TestServer) => Promise<void>> = {
  async 'a repair by card and QR code, then a sign-in by e-CPS, and out'(server) {
    const browser = createCookieBrowser();
    const code = await pressNamed(
      browser,
      await openRepair(browser, server, 'infirmiere-adeli'),
      'Scanner avec mon téléphone',
    );
    const phone = await activateByToken(server, tokenOf(code, server));
    const places = await signInByPhone(browser, await browser.open(code.url), phone);
    assert.equal(headingOf(places), "Mes lieux d'exercice");
    await failOnPhone(server, phone);
    await pressNamed(browser, places, 'Déconnexion');
  },

  async 'an activation by mail and SMS, with a wrong code and a link on another phone'(server) {
    const { rpps, email, phone: mobile } = await getPersona(server, 'infirmier-sans-lieu');
    const phone = await openPhone(server);
    const { id } = await phone.requestEnrolment(rpps, 'fr');
    const token = tokenBehind(server, await activationLink(server, email ?? ''));
    await refused((await openPhone(server)).redeem(token));
    await phone.redeem(token);
    await phone.sendCode(id);
    const code = await smsCode(server, mobile ?? '');
    await refused(phone.tryCode(id, other(code)));
    await phone.activate(await phone.tryCode(id, code), password);
    await blockByMail(server, email ?? '');
  },

  async 'a forgotten password, by codes'(server) {
    const { ecps, email, phone } = await getPersona(server, 'infirmier-ecps-adeli');
    const browser = createCookieBrowser();
    const form = await followNamed(browser, await openChoice(browser, server.urls), 'Mot de passe oublié');
    await pressNamed(browser, form, 'Continuer', { identifiant: typed.adresse });
    const prove = await pressNamed(browser, form, 'Continuer', { identifiant: ecps.nationalId });
    const asked = await pressNamed(browser, prove, 'Recevoir les codes');
    await smsCode(server, phone ?? '');
    const codes = await codesOf(server, { email, phone });
    await pressNamed(browser, asked, 'Supprimer ma e-CPS', {
      ...codes,
      'code-sms': other(codes['code-sms']),
    });
    const end = await pressNamed(browser, asked, 'Supprimer ma e-CPS', codes);
    assert.equal(headingOf(end), 'Votre e-CPS a été supprimée');
  },

  async 'contact details by card, and a request without one'(server) {
    const browser = createCookieBrowser();
    const choice = await pressNamed(browser, await openContactPage(browser, server), 'Carte CPS');
    const form = await presentCard(browser, choice, 'infirmier-rpps');
    await pressNamed(browser, form, 'Enregistrer', { adresse: 'pas une adresse @', mobile: '0123' });
    await pressNamed(browser, form, 'Enregistrer', typed);
    const stranger = createCookieBrowser();
    const { rpps } = await getPersona(server, 'pharmacienne');
    const request = await followNamed(
      stranger,
      await openContactPage(stranger, server),
      "Je n'ai pas ma carte",
    );
    await pressNamed(stranger, request, 'Enregistrer', { ...typed, rpps: '99700000014' });
    const sent = await pressNamed(stranger, request, 'Enregistrer', { ...typed, rpps });
    assert.equal(headingOf(sent), 'Votre demande est transmise');
  },

  async 'cards that are refused, wrong PINs, numbers that are none'(server) {
    const browser = createCookieBrowser();
    const choice = await openChoice(browser, server.urls);
    const reader = await press(browser, choice, '/carte');
    const inserted = await press(browser, reader, '/carte', { persona: 'infirmier-carte-expiree' });
    await press(browser, inserted, '/code', { code: '7391' });
    await press(browser, inserted, '/code', { code: '1234' });
    await askPhone(
      createCookieBrowser(),
      await openChoice(createCookieBrowser(), server.urls),
      '0639980142',
    ).catch(() => {});
    const form = await press(browser, await openChoice(browser, server.urls), '/e-cps');
    await press(browser, form, '/e-cps/demande', { identifiant: typed.adresse });
  },

  async 'a service with good and bad tokens, codes and addresses'(server) {
    await readUserInfo(server, 'medecin-deux-lieux');
    const { body } = await signInByApi(server, 'infirmier-rpps', { state: 's-2', nonce: 'n-2' });
    const code = new URL(body.location).searchParams.get('code') ?? '';
    const demo = { client_id: 'hygie-demo', client_secret: 'hygie-demo-secret' };
    const ask = (path: string, fields: Record<string, string>, headers = {}) =>
      fetch(new URL(`${realm}${path}`, server.urls.connect), {
        method: 'POST',
        headers,
        body: new URLSearchParams(fields),
      });
    const grant = { grant_type: 'authorization_code', redirect_uri: 'http://127.0.0.1:9/callback', code };
    await ask('/token', { ...grant, ...demo, client_secret: 'wrong-secret-of-client-77' });
    await ask('/token', {
      ...grant,
      ...demo,
      code_verifier: '1234567890abcdefghijklmnopqrstuvwxyz-1234567890',
    });
    await ask('/token', {
      ...demo,
      grant_type: 'refresh_token',
      refresh_token: 'no-such-refresh-token-4711-abc',
    });
    await ask('/userinfo', {}, { authorization: 'Bearer no-such-access-token-4711-abc' });
    await ask('/token/introspect', { ...demo, token: code });
    await ask('/revoke', { ...demo, token: code });
    const browser = createCookieBrowser();
    const wrong = new URL('/auth', server.urls.wallet);
    wrong.search = String(
      new URLSearchParams({
        client_id: 'hygie-demo',
        redirect_uri: 'ftp://evil.example',
        login_hint: typed.adresse,
      }),
    );
    assert.equal((await browser.open(wrong)).status, 400);
    await browser.open(new URL(`/connexion/callback?code=${code}&state=s-2`, server.urls.portal));
  },

  async 'forms that nobody sends: oversized, from elsewhere, to nowhere'(server) {
    for (const name of listenerNames.filter((name) => name !== 'card' && name !== 'mtls')) {
      const url = new URL(
        `/nowhere/${typed.adresse}?code=482917&token=abcdefgh12345678ijklmnop`,
        server.urls[name],
      );
      await fetch(url, { headers: { authorization: 'Bearer abcdefgh12345678ijklmnop' } });
      await fetch(url, { method: 'POST', body: 'mot-de-passe-1234567890 '.repeat(20_000) });
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"password": "abc1',
      });
    }
  },

  async 'a service with a certificate, and one without'(server) {
    const { body } = await server.api<(ClientCertificate & { clientId: string })[]>('GET', '/api/clients');
    const certificate = body.find(({ clientId }) => clientId === 'hygie-demo-mtls');
    const path = '/auth/realms/esante-wallet/protocol/openid-connect/token';
    const form = { grant_type: 'refresh_token', refresh_token: 'abcdefgh12345678ijklmnop' };
    for (const shown of [certificate, undefined]) {
      const asked = { certificate: shown, form: { ...form, client_id: 'hygie-demo-mtls' } };
      assert.ok((await askMtls(server, path, asked)).status >= 400);
    }
  },
};

async function failOnPhone(server: TestServer, { phone, stored }: ActivePhone): Promise<void> {
  const browser = createCookieBrowser();
  for (const attempt of ['password', 'number', 'not_me'] as const) {
    const waiting = await askPhone(browser, await openChoice(browser, server.urls), stored.nationalId.value);
    const [approval] = (await phone.watch({ waitSeconds: 0 })).approvals;
    assert.ok(approval, attempt);
    const number = Number(textOf(waiting, 'number'));
    const numbers = { password: number, number: number === 10 ? 11 : 10, not_me: number };
    const given = { number: numbers[attempt], password: attempt === 'password' ? wrongPassword : password };
    if (attempt === 'not_me') await phone.refuse(approval.id, stored.id, 'not_me');
    else if (attempt === 'number') await phone.approve(stored, approval, given);
    else await refused(phone.approve(stored, approval, given));
  }
}

/** **Ce n'est pas moi**, from the notice of an activation. */
async function blockByMail(server: TestServer, to: string): Promise<void> {
  const mails = await waitForMessages(server, 'mails', 2);
  const link = mails
    .filter((mail) => mail.to === to)
    .flatMap(({ links = [] }) => links)
    .find(({ text }) => text === "Ce n'est pas moi");
  const browser = createCookieBrowser();
  const page = await browser.open(link?.href ?? '');
  await browser.submit(page.url, page.url.href);
}

async function codesOf(server: TestServer, reach: { email: string | null; phone: string | null }) {
  const [mails, sms] = [await waitForMessages(server, 'mails', 1), await waitForMessages(server, 'sms', 1)];
  const codeTo = (messages: Message[], to: string | null) =>
    messages.find((one) => one.to === to && one.code)?.code;
  const [mail, text] = [codeTo(mails, reach.email), codeTo(sms, reach.phone)];
  assert.ok(mail && text, 'both codes have come');
  return { 'code-mail': mail, 'code-sms': text };
}

function tokenBehind({ urls }: TestServer, link: string): string {
  const token = readActivationToken(link, new URL(urls.app));
  assert.ok(token, 'the mail leads to the app');
  return token;
}

/** Another code of six digits. */
const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
