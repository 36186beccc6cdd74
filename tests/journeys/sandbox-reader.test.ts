import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { openSandboxSite, type SandboxSite } from '../support/sandbox-site.ts';

const dayMs = 86_400_000;

/** A browser in front of the virtual reader, for one attempt. */
async function openReader(t: TestContext) {
  const site = await openSandboxSite(t);
  const browser = createCookieBrowser();
  return { site, browser, ...(await openAttempt(site, browser)) };
}

async function openAttempt(site: SandboxSite, browser: ReturnType<typeof createCookieBrowser>) {
  const { url } = await site.openAttempt();
  const page = await browser.open(url);
  const submit = (path: string, fields?: Record<string, string>) =>
    browser.submit(page.url, `${url}${path}`, fields);
  /** Where the page after the right PIN leads; the wallet itself is not there. */
  const typePin = async (code: string): Promise<string> => {
    const response = await browser.request(`${url}/code`, {
      method: 'POST',
      headers: { origin: site.url.origin, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ code }),
    });
    assert.equal(response.status, 200);
    const leads = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(await response.text())?.[1];
    assert.ok(leads);
    return leads.replaceAll('&amp;', '&');
  };
  return { page, submit, typePin };
}

function seen(page: Page): string {
  return page.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

test('whoever has no card in the reader chooses one, types its code and is verified by the card listener', async (t) => {
  const { site, page, submit, typePin } = await openReader(t);
  assert.match(seen(page), /Insérer la carte de Claire Fontaine/);
  assert.doesNotMatch(seen(page), /Karim Benali/, 'he has no card');
  const card = await submit('/carte', { persona: 'infirmiere-adeli' });
  assert.match(card.text, /Code porteur/);
  assert.ok(card.text.includes(`href="${site.cardUrl.href}`), 'Utiliser mon lecteur');

  const address = await typePin('1234');
  assert.ok(address.startsWith('http://localhost:4002/connexion/sign-in/carte/retour?code='));
  const redeemed = await site.redeem(address);
  assert.ok(redeemed && 'verification' in redeemed);
  const { nationalId, givenName, familyName, profession } = redeemed.verification;
  assert.deepEqual(nationalId, { kind: 'adeli', value: '996123451' });
  assert.deepEqual([givenName, familyName, profession], ['Claire', 'Fontaine', '60']);
});

test('a card stays in the reader for the next sign-in of this browser, and not of another', async (t) => {
  const { site, browser, submit } = await openReader(t);
  await submit('/carte', { persona: 'sage-femme' });
  const next = await openAttempt(site, browser);
  assert.match(seen(next.page), /Nora Salaün/);
  assert.match(next.page.text, /Code porteur/);
  const stranger = await openAttempt(site, createCookieBrowser());
  assert.doesNotMatch(stranger.page.text, /Code porteur/);
  const without = await next.submit('/retirer');
  assert.doesNotMatch(without.text, /Code porteur/);
});

test('a wrong code says how many tries are left; three block the card until a reset', async (t) => {
  const { site, submit, typePin } = await openReader(t);
  await submit('/carte', { persona: 'sage-femme' });
  assert.match(seen(await submit('/code', { code: '' })), /Tapez votre code porteur/);
  assert.match(seen(await submit('/code', { code: '0000' })), /2 essais/);
  assert.match(seen(await submit('/code', { code: '0000' })), /1 essai\./);
  const blocked = await submit('/code', { code: '0000' });
  assert.match(seen(blocked), /Cette carte est bloquée/);
  assert.doesNotMatch(blocked.text, /name="code"/);
  assert.match(seen(await submit('/code', { code: '1234' })), /Cette carte est bloquée/);

  await fetch(new URL('/api/reset', site.url), { method: 'POST' });
  await submit('/carte', { persona: 'sage-femme' });
  assert.match(await typePin('1234'), /^http:\/\/localhost:4002\//);
  assert.match(seen(await submit('/code', { code: '0000' })), /2 essais/);
});

test('spaces in a code are dropped, and a code never comes back in the page', async (t) => {
  const { submit, typePin } = await openReader(t);
  await submit('/carte', { persona: 'sage-femme' });
  assert.doesNotMatch((await submit('/code', { code: '9876' })).text, /9876/);
  assert.match(await typePin('12 34'), /code=/);
});

async function outcome(site: SandboxSite, persona: string) {
  const { submit, typePin } = await openAttempt(site, createCookieBrowser());
  await submit('/carte', { persona });
  const redeemed = await site.redeem(await typePin('1234'));
  assert.ok(redeemed);
  return 'failure' in redeemed ? redeemed.failure : 'verified';
}

test('an expired card and a revoked one are told by the card listener', async (t) => {
  const site = await openSandboxSite(t);
  assert.equal(await outcome(site, 'infirmier-carte-expiree'), 'expired');
  assert.equal(await outcome(site, 'infirmier-rpps'), 'verified');
  const revoked = await fetch(new URL('/api/cards/revoke', site.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ persona: 'infirmier-rpps' }),
  });
  assert.equal(revoked.status, 204);
  assert.equal(await outcome(site, 'infirmier-rpps'), 'revoked');
  assert.equal(await outcome(site, 'sage-femme'), 'verified');
  await fetch(new URL('/api/reset', site.url), { method: 'POST' });
  assert.equal(await outcome(site, 'infirmier-rpps'), 'verified');
});

test('an advance of the clock ages cards, and leaves revocation lists fresh', async (t) => {
  const site = await openSandboxSite(t);
  const advance = (days: number) =>
    fetch(new URL('/api/clock', site.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceMs: days * dayMs }),
    });
  await advance(400);
  assert.equal(await outcome(site, 'infirmier-rpps'), 'verified');
  await advance(400);
  assert.equal(await outcome(site, 'infirmier-rpps'), 'expired');
});
