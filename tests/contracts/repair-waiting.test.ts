import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EcpsState } from '#repair';
import { forEachEngine } from '../support/databases.ts';
import { openRepairSite, type RepairSite, sessionOf, verifyCard } from '../support/repair-site.ts';

/** The e-CPS becomes active after it was read this many times: at any moment while a page is made. */
function activateAfter({ ecps }: RepairSite, reads: number): void {
  let count = 0;
  const get = (): EcpsState => (count++ < reads ? 'none' : 'active');
  Object.defineProperty(ecps, 'state', { get, configurable: true });
}

/** Where the script of a page asks; `undefined` where it waits for nothing. */
function questionOf(text: string): string | undefined {
  return /data-waiting="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
}

forEachEngine((engine) => {
  for (const way of ['telephone', 'mail']) {
    test(`a page that was made while the e-CPS became active does not wait for ever (${way})`, async (t) => {
      const site = await openRepairSite(t, engine);
      const browser = await site.openBrowser(sessionOf('sid1', verifyCard(site.clock)));
      const { url } = await browser.open(new URL('/reparation', site.url));
      let waited = 0;
      for (let reads = 1; reads <= 4; reads++) {
        activateAfter(site, reads);
        const page = await browser.request(new URL(`${url.pathname}/${way}`, url));
        const question = questionOf(await page.text());
        if (!question) continue;
        waited++;
        activateAfter(site, 0);
        const answer = await browser.request(new URL(question, url));
        assert.deepEqual(await answer.json(), { pending: false }, `after ${reads} readings`);
      }
      assert.ok(waited > 0, 'no page was waiting');
    });
  }
});
