import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { VirtualClock } from '#platform/clock.ts';
import { openCardAuthority } from '../../src/sandbox/pki/index.ts';
import { openContext } from '../support/browser.ts';
import { credentialOf, dayMs } from '../support/card-site.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { issueCard } from '../support/issue-card.ts';
import { shareStage } from '../support/stage.ts';
import type { TestServer } from '../support/start-test-server.ts';
import { followLink, getPersona, openPortal, openReader } from '../support/walk.ts';

const openStage = shareStage();

type Certificate = { certPath: string; keyPath: string } | { cert: Buffer; key: Buffer };

/** A browser with a certificate in its reader, for the card listener. */
function openContextWithCard(
  browser: Browser,
  server: TestServer,
  card: Certificate | { pfx: Buffer; passphrase: string },
) {
  const clientCertificates = [{ origin: server.urls.card, ...card }];
  return openContext(browser, 'desk', { ignoreHTTPSErrors: true, clientCertificates });
}

async function signIn(context: BrowserContext, server: TestServer) {
  const page = await openPortal(context, server.urls);
  await openReader(page);
  await followLink(page, 'Utiliser mon lecteur');
  return page;
}

async function failureOf(context: BrowserContext, server: TestServer): Promise<string | null> {
  const page = await signIn(context, server);
  return page.getByTestId('card-failure').getAttribute('data-code');
}

test('a test card that the command line issued signs in through the browser’s own reader', async (t) => {
  const { browser, server } = await openStage();
  const nurse = await getPersona(server, 'infirmier-rpps');
  const { pem, key } = await issueCard(t, server.dataDir, nurse.idNatPs);
  const card = { certPath: pem, keyPath: key };
  await using context = await openContextWithCard(browser, server, card);
  const page = await signIn(context, server);
  await page.getByRole('heading', { name: "Mes lieux d'exercice", exact: true }).waitFor();
  assert.equal(await page.getByTestId('national-id').textContent(), `Numéro RPPS ${nurse.rpps}`);
  assert.equal(await page.getByRole('article').count(), nurse.places.length);
});

test('the file that the sandbox offers for a persona’s card opens with its password and signs in', async () => {
  const { browser, server } = await openStage();
  const { card, adeli } = await getPersona(server, 'infirmiere-adeli');
  assert.ok(card);
  const pfx = Buffer.from(await (await fetch(card.p12Url)).arrayBuffer());
  const held = { pfx, passphrase: card.p12Password };
  await using context = await openContextWithCard(browser, server, held);
  const page = await signIn(context, server);
  await page.getByRole('heading', { name: "Aucun lieu d'exercice", exact: true }).waitFor();
  assert.equal(await page.getByTestId('national-id').textContent(), `Numéro ADELI ${adeli}`);
});

test('a certificate that is no good card in the browser’s own reader leads to the page of its failure', async (t) => {
  const { browser, server } = await openStage();
  const { idNatPs } = await getPersona(server, 'infirmier-rpps');
  const issue = async (...options: string[]) => {
    const { pem, key } = await issueCard(t, server.dataDir, idNatPs, ...options);
    return { certPath: pem, keyPath: key };
  };
  const cards: Record<string, Certificate> = {
    wrong_usage: await issue('--usage', 'signature'),
    not_yet_valid: await issue('--not-before', new Date(Date.now() + dayMs).toISOString()),
    expired: await issue('--not-before', '2020-01-01', '--not-after', '2021-01-01'),
    unknown_issuer: await foreignCard(t),
  };
  for (const [failure, card] of Object.entries(cards)) {
    await using context = await openContextWithCard(browser, server, card);
    assert.equal(await failureOf(context, server), failure);
  }
});

async function foreignCard(t: TestContext): Promise<Certificate> {
  const dir = await temporaryDirectory(t);
  const { cert, key } = credentialOf(await openCardAuthority({ dir, clock: new VirtualClock() }));
  return { cert: Buffer.from(cert), key: Buffer.from(key) };
}
