import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { RepairSession } from '#repair';
import { openBrowser, openContext } from '../support/browser.ts';
import { findFaults } from '../support/looks.ts';
import {
  closedService,
  openRepairSite,
  portal,
  type RepairSite,
  sessionOf,
  verifyCard,
} from '../support/repair-site.ts';

type Scene = (page: Page, site: RepairSite, sign: (session: RepairSession) => Promise<void>) => Promise<void>;

const open = (page: Page, site: RepairSite, path = '') =>
  page.goto(new URL(`/reparation${path}`, site.url).href);
const below = (page: Page, path: string) => page.goto(`${page.url().split('?')[0]}${path}`);

/** Every page of a repair, in the order in which a person could meet them. */
const scenes: Record<string, Scene> = {
  card: async (page, site, sign) => {
    await sign(sessionOf('card', verifyCard(site.clock)));
    await open(page, site);
  },
  code: async (page) => void (await below(page, '/telephone')),
  redeemed: async (page, site) => {
    for (const id of site.enrolments.keys()) site.enrolments.set(id, 'redeemed');
    await page.reload();
  },
  mail: async (page, site) => {
    await open(page, site);
    await below(page, '/mail');
  },
  ecps: async (page, site, sign) => {
    await sign(sessionOf('ecps', verifyCard(site.clock, { method: 'ecps' }), [portal]));
    site.ecps.state = 'adeli';
    await open(page, site);
  },
  withoutContacts: async (page, site) => {
    site.contacts.email = null;
    await page.reload();
  },
  active: async (page, site) => {
    site.ecps.state = 'active';
    await page.reload();
  },
  mismatch: async (page, site) => {
    site.link.rpps = null;
    await page.reload();
  },
  closing: async (page, site, sign) => {
    site.link.rpps = '99700000013';
    await sign(sessionOf('closed', verifyCard(site.clock), [{ ...closedService, clientId: 'x' }]));
    await open(page, site);
    await page.locator('form[action$="/retour"] button').click();
  },
  done: async (page, site) => {
    await open(page, site);
    await page.locator('a[href$="/e-cps"]').click();
  },
};

async function signIn(context: BrowserContext, site: RepairSite, session: RepairSession): Promise<void> {
  await context.clearCookies({ name: 'wallet_repair' });
  await site.openBrowser(session);
  await context.addCookies([{ name: 'test_session', value: session.uid, url: site.url.href }]);
}

const looks: Record<string, BrowserContextOptions & { lang: string }> = {
  'on a desk': { lang: 'fr' },
  'on a phone, in English': { lang: 'en', viewport: { width: 390, height: 844 } },
  'on a small phone, in the dark': { lang: 'fr', viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
};

for (const [name, { lang, ...options }] of Object.entries(looks)) {
  test(`every page of a repair can be seen, read and touched (${name})`, async (t) => {
    const site = await openRepairSite(t);
    const context = await openContext(await openBrowser(t), 'desk', options);
    const page = await context.newPage();
    await context.addCookies([{ name: 'wallet_lang', value: lang, url: site.url.href }]);
    for (const [scene, show] of Object.entries(scenes)) {
      await show(page, site, (session) => signIn(context, site, session));
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), lang, scene);
      assert.deepEqual(await findFaults(page), [], scene);
      const shots = process.env.HYGIE_TEST_SHOTS;
      if (shots)
        await page.screenshot({ path: `${shots}/${scene}-${name.replace(/\W+/g, '-')}.png`, fullPage: true });
    }
  });
}
