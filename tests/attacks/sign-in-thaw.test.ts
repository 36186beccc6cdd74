import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { headingOf } from '../support/http-walk.ts';
import { authorize, codeOf, openUntilService, presentCard, submit } from '../support/oidc-client.ts';
import { startProviderSite } from '../support/provider-site.ts';

async function startFrozen(t: TestContext) {
  const site = await startProviderSite(t, 'sqlite', undefined, { ecps: true });
  site.phones.frozen = true;
  return site;
}

const frozenPath = (page: Page) => `/connexion/${page.url.pathname.split('/')[2]}/suspendue`;

test('a suspended e-CPS is unblocked by a button, not by the sign-in', async (t) => {
  const site = await startFrozen(t);
  const browser = createCookieBrowser();
  const offer = await presentCard(browser, site, await authorize(browser, site));
  assert.equal(headingOf(offer), 'Votre e-CPS est suspendue');
  assert.equal(site.phones.frozen, true);
  const answer = await submit(browser, site, offer, frozenPath(offer));
  assert.ok(codeOf(answer));
  assert.equal(site.phones.frozen, false);
});

test('nobody unblocks one without a card in this very sign-in', async (t) => {
  const site = await startFrozen(t);
  const stranger = createCookieBrowser();
  const choice = await authorize(stranger, site);
  const answer = await submit(stranger, site, choice, frozenPath(choice));
  assert.equal(headingOf(answer), 'Comment voulez-vous vous connecter ?');

  const waiting = await submit(stranger, site, choice, `${choice.url.pathname}/e-cps/demande`, {
    identifiant: '99700000013',
  });
  site.phones.answer('approved');
  // Completed by phone; the resumed request is not followed.
  await stranger.request(waiting.url);
  await submit(stranger, site, waiting, frozenPath(waiting));
  assert.equal(site.phones.frozen, true);
});

test('the offer of one browser is not for another', async (t) => {
  const site = await startFrozen(t);
  const browser = createCookieBrowser();
  const offer = await presentCard(browser, site, await authorize(browser, site));
  const other = createCookieBrowser();
  assert.equal((await openUntilService(other, site, offer.url)).status, 410);
  assert.equal((await submit(other, site, offer, frozenPath(offer))).status, 410);
  assert.equal(site.phones.frozen, true);
});
