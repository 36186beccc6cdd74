import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser, openContext, scrollsSideways } from '../support/browser.ts';
import { checkPlaces, listPeopleWithGoodCard } from '../support/card-personas.ts';
import { startTestServer } from '../support/start-test-server.ts';
import { signInFromPortal } from '../support/walk.ts';

const smallestPhone = { width: 320, height: 640 };

test('on a phone, each person with a card signs in at the reader and reads places, cause or explanation', async (t) => {
  const server = await startTestServer(t);
  const browser = await openBrowser(t);
  for (const persona of await listPeopleWithGoodCard(server)) {
    await t.test(persona.slug, async () => {
      await using context = await openContext(browser, 'phone');
      const page = await signInFromPortal(context, server.urls, persona);
      await checkPlaces(page, persona);
      assert.equal(await scrollsSideways(page), false);
      await page.setViewportSize(smallestPhone);
      assert.equal(await scrollsSideways(page), false, 'at 320 px');
    });
  }
});
