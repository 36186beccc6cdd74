import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createCibaPerson } from '../ciba-person.ts';
import type { CookieBrowser, Page } from '../cookie-browser.ts';
import {
  authorizationUrl,
  authorize,
  openUntilService,
  presentCard,
  submit,
  tokenRequest,
} from '../oidc-client.ts';
import { nurseRecord } from '../practitioner-record.ts';
import { type ProviderSite, programId, rppsNurse, startProviderSite } from '../provider-site.ts';
import type { Camera } from './album.ts';

/** Of the card, of a request on the phone, and why one never reached it. */
const cardFailures = [
  'no_certificate',
  'unknown_issuer',
  'not_yet_valid',
  'expired',
  'wrong_usage',
  'revoked',
  'revocation_unknown',
] as const;
const ends = ['refused', 'not_me', 'wrong_number', 'expired', 'superseded', 'cancelled'] as const;
const refusals = ['expired', 'frozen', 'locked', 'blocked', 'limited'] as const;

const nurse = '99700000013';

export async function takeWallet(t: TestContext, camera: Camera): Promise<void> {
  const site = await startProviderSite(t, 'sqlite', undefined, {
    ecps: true,
    backchannelApprovals: createCibaPerson().approvals,
  });
  await takeCard(site, camera);
  await takeEcps(site, camera);
  await takeSessions(site, camera);
  await takeRequests(site, camera);
  await takeWrongRequests(site, camera);
}

async function takeCard(site: ProviderSite, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  const choice = await take('wallet: choice', authorize(browser, site));
  const { answer } = site.card;
  for (const failure of cardFailures) {
    site.card.answer = { failure, reader: 'first' };
    await take(`wallet: card ${failure}`, presentCard(browser, site, choice));
  }
  site.card.answer = answer;
}

const ask = (browser: CookieBrowser, site: ProviderSite, page: Page, identifiant: string) =>
  submit(browser, site, page, `/connexion/${page.url.pathname.split('/')[2]}/e-cps/demande`, { identifiant });

async function takeEcps(site: ProviderSite, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  const choice = await authorize(browser, site);
  const { pathname } = choice.url;
  await take('wallet: e-CPS', submit(browser, site, choice, `${pathname}/e-cps`));
  for (const typed of ['', 'abc', '99700000014'])
    await take(`wallet: e-CPS "${typed}"`, ask(browser, site, choice, typed));
  await take('wallet: no e-CPS yet', browser.open(new URL(`${pathname}/activation`, choice.url)));
  const waiting = await take('wallet: waits for the phone', ask(browser, site, choice, nurse));
  for (const end of ends) {
    const asked = await ask(browser, site, choice, nurse);
    site.phones.answer(end);
    await take(`wallet: e-CPS ${end}`, browser.open(asked.url));
  }
  const day = 86_400_000;
  for (const outcome of refusals) {
    const until = site.clock.now() + (outcome === 'locked' ? day : 60_000);
    site.phones.refusal = outcome === 'expired' || outcome === 'frozen' ? { outcome } : { outcome, until };
    await take(`wallet: no phone asked, ${outcome}`, ask(browser, site, choice, nurse));
  }
  site.phones.refusal = undefined;
  assert.equal(waiting.status, 200);
}

/** What programs ask the holder of a card by CIBA. */
async function takeRequests(site: ProviderSite, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  const requests = new URL('/demandes', site.walletUrl);
  const readCard = async () => {
    site.card.answer = { verification: rppsNurse(site.clock) };
    const url = site.oidc.signInUrl(requests.pathname, { byCard: true });
    return presentCard(browser, site, await openUntilService(browser, site, url));
  };
  await take('wallet: no request to the card', readCard());
  site.clock.setAhead(site.clock.aheadMs + 1_000);
  site.setRecord(nurseRecord());
  await askCard(site);
  site.setRecord(undefined);
  await take('wallet: request to the card, to be read', openUntilService(browser, site, requests));
  const asked = await take('wallet: request to the card', readCard());
  const action = /action="(\/demandes\/[^"]+)"/.exec(asked.text)?.[1] ?? '';
  const refuse = () => submit(browser, site, asked, action, { numero: 'refus' });
  await take('wallet: request to the card refused', refuse());
  await take('wallet: request to the card gone', refuse());
}

async function askCard(site: ProviderSite): Promise<void> {
  const form = { client_id: programId, scope: 'openid', binding_message: '07', channel: 'CARD' };
  const body = { ...form, login_hint: `8${nurse}` };
  const answer = await tokenRequest(site, body, '/protocol/openid-connect/ext/ciba/auth');
  assert.equal(answer.status, 200, await answer.text());
}

async function takeSessions(site: ProviderSite, { take, openBrowser, language }: Camera): Promise<void> {
  const browser = await openBrowser();
  const on = (path: string, base = site.walletUrl) => browser.open(new URL(path, base));
  site.phones.frozen = true;
  await take('wallet: e-CPS suspended', presentCard(browser, site, await authorize(browser, site)));
  site.phones.frozen = false;
  await take('wallet: sign out?', on('/deconnexion'));
  await take('wallet: sign out of a service?', on('/deconnexion?client_id=hygie-demo'));
  await take('wallet: sign-out refused', on('/deconnexion?state=a&state=b'));
  await take('wallet: signed out', on('/deconnexion/terminee'));
  await take('wallet: sign-in refused', openUntilService(browser, site, refusedUrl(site)));
  const again = await authorize(browser, site, { prompt: 'login', ui_locales: language });
  site.phones.answer('approved');
  await presentCard(browser, site, again);
  await take('wallet: choice, card used last', authorize(browser, site, { prompt: 'login' }));
}

const refusedUrl = ({ oidc }: ProviderSite): URL => {
  const url = new URL(oidc.signInUrl('/page'));
  const back = new URL(url.searchParams.get('redirect_uri') ?? '');
  back.search = String(
    new URLSearchParams({ error: 'access_denied', state: url.searchParams.get('state') ?? '' }),
  );
  return back;
};

async function takeWrongRequests(site: ProviderSite, { take, openBrowser }: Camera): Promise<void> {
  const browser = await openBrowser();
  const on = (path: string | URL) => browser.open(new URL(path, site.walletUrl));
  await take('wallet: unknown service', on(authorizationUrl(site, { clientId: 'nobody' })));
  await take(
    'wallet: unknown return address',
    on(authorizationUrl(site, { redirectUri: 'https://evil.example/' })),
  );
  await take('wallet: sign-in gone', on('/connexion/unknown'));
  await take('wallet: card too late', on('/connexion/carte/expiree'));
  await take('wallet: request gone', on('/auth/unknown'));
  await take('wallet: no such page', on('/nulle-part'));
}
