import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { VirtualClock } from '#platform/clock.ts';
import { openCardAuthority } from '../../src/sandbox/pki/index.ts';
import { type ClientCredential, credentialOf, dayMs } from '../support/card-site.ts';
import { createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { codeOf, headingOf, readable } from '../support/http-walk.ts';
import { issueCard } from '../support/issue-card.ts';
import { presentOwnCard as presentCard, sendCard } from '../support/own-reader.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { getPersona } from '../support/walk.ts';

/** A server, and cards of its authority for a nurse with two places. */
async function openCardDesk(t: TestContext) {
  const server = await startTestServer(t);
  const { idNatPs } = await getPersona(server, 'infirmier-rpps');
  return {
    server,
    issue: async (...options: string[]): Promise<ClientCredential> => {
      const { pem, key } = await issueCard(t, server.dataDir, idNatPs, ...options);
      return { cert: await readFile(pem, 'utf8'), key: await readFile(key, 'utf8') };
    },
  };
}

const failureOf = (page: Page) => {
  assert.equal(headingOf(page), "Votre carte n'a pas été reconnue");
  return { failure: codeOf(page, 'card-failure'), cause: codeOf(page, 'cause') };
};

test('a good card in the browser’s own reader signs in', async (t) => {
  const { server, issue } = await openCardDesk(t);
  const page = await presentCard(server, await issue());
  assert.equal(page.url.href, `${server.urls.portal}/professionnel/lieux`);
  assert.match(readable(page.text), /Julien Marchand/);
});

test('no card, and each card that cannot sign in, leads to the page that says so', async (t) => {
  const { server, issue } = await openCardDesk(t);
  const dates = (from: number, until: number) => [
    '--not-before',
    new Date(Date.now() + from).toISOString(),
    '--not-after',
    new Date(Date.now() + until).toISOString(),
  ];
  const cards = {
    no_certificate: undefined,
    unknown_issuer: await foreignCard(t),
    not_yet_valid: await issue(...dates(dayMs, 2 * dayMs)),
    expired: await issue(...dates(-2 * dayMs, -dayMs)),
    wrong_usage: await issue('--usage', 'signature'),
  };
  for (const [failure, card] of Object.entries(cards)) {
    const cause = failure === 'expired' ? 'authenticator_expired' : undefined;
    assert.deepEqual(failureOf(await presentCard(server, card)), { failure, cause });
  }
});

async function foreignCard(t: TestContext): Promise<ClientCredential> {
  return credentialOf(
    await openCardAuthority({ dir: await temporaryDirectory(t), clock: new VirtualClock() }),
  );
}

test('a persona’s card that is revoked is refused in every reader, until everything is reset', async (t) => {
  const { server } = await openCardDesk(t);
  const { card } = await getPersona(server, 'sage-femme');
  assert.ok(card);
  const credential = { cert: card.certificatePem, key: card.privateKeyPem };
  await server.api('POST', '/api/cards/revoke', { persona: 'sage-femme' });
  assert.deepEqual(failureOf(await presentCard(server, credential)), {
    failure: 'revoked',
    cause: 'authenticator_expired',
  });
  await server.api('POST', '/api/reset');
  assert.equal(headingOf(await presentCard(server, credential)), "Mes lieux d'exercice");
});

test('without the list of revoked cards nobody is let in, and it is not the card’s fault', async (t) => {
  const { server, issue } = await openCardDesk(t);
  const card = await issue();
  await rm(join(server.dataDir, 'pki', 'persons.crl'));
  const page = await presentCard(server, card);
  assert.deepEqual(failureOf(page), { failure: 'revocation_unknown', cause: undefined });
  assert.match(readable(page.text), /Cela ne vient pas de vous/);
});

test('when the clock advances cards age and the lists of revoked cards stay fresh', async (t) => {
  const { server, issue } = await openCardDesk(t);
  const card = await issue();
  const advance = (days: number) => server.api('POST', '/api/clock', { advanceMs: days * dayMs });
  await advance(400);
  assert.equal(headingOf(await presentCard(server, card)), "Mes lieux d'exercice");
  await advance(800);
  assert.equal(failureOf(await presentCard(server, card)).failure, 'expired');
});

test('a new try keeps the sign-in: a good card after a bad one reaches the service', async (t) => {
  const { server, issue } = await openCardDesk(t);
  const browser = createCookieBrowser();
  const failed = await presentCard(server, undefined, browser);
  const retry = /<form[^>]*action="([^"]+\/carte)"/.exec(failed.text)?.[1];
  const left = await browser.request(new URL(retry ?? '', failed.url), {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const fresh = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(await left.text())?.[1];
  assert.ok(fresh);
  assert.match(fresh, /^https:\/\/[a-z2-7]{32}\.carte\.localhost:/);
  // Only browsers resolve names under `localhost`: the same attempt by its path.
  const attempt = new URL(fresh).hostname.split('.')[0];
  const back = await sendCard(server, `${server.urls.card}/${attempt}`, await issue());
  assert.equal((await browser.open(back)).url.href, `${server.urls.portal}/professionnel/lieux`);
});
