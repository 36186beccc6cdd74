import assert from 'node:assert/strict';
import { openContactPage } from '../support/contact-walk.ts';
import { createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { openChoice, press } from '../support/http-walk.ts';
import { errorAt } from '../support/named-controls.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const keptIn = (page: Page, input: string) =>
  new RegExp(`<input id="${input}"[^>]*? value="([^"]*)"`).exec(page.text)?.[1];

/** Both forms that ask for **Identifiant e-CPS**. */
async function identifierForms(server: TestServer) {
  const browser = createCookieBrowser();
  const choice = await openChoice(browser, server.urls);
  await press(browser, choice, '/e-cps');
  const forgotten = new URL('/mot-de-passe-oublie', server.urls.wallet);
  return [new URL(`${choice.url.pathname}/e-cps/demande`, server.urls.wallet), forgotten].map(
    (action) => (identifiant: string) => browser.submit(choice.url, action.href, { identifiant }),
  );
}

testOnOneServer('what is wrong is said at its field', {
  'a number that is none is told beside what was typed, which is kept': async (server) => {
    for (const type of await identifierForms(server)) {
      for (const typed of ['', 'abc', '899700000022', '12', '8'.repeat(400), 'ａｂｃ', '८९९७']) {
        const page = await type(typed);
        assert.equal(page.status, 422, typed);
        assert.notEqual(errorAt(page, 'identifiant'), '', typed);
        assert.equal(keptIn(page, 'identifiant'), typed);
      }
    }
  },

  'what was typed comes back as text, never as markup': async (server) => {
    for (const type of await identifierForms(server)) {
      const { text } = await type('"><script src=x></script><p title="');
      assert.doesNotMatch(text, /<script src=x/);
      assert.match(text, / value="&quot;&gt;&lt;script/);
    }
  },

  'several faults are summed up with a link to each field': async (server) => {
    const browser = createCookieBrowser();
    const form = await openContactPage(browser, server);
    const typed = { rpps: '12', adresse: 'personne', mobile: '01' };
    const page = await browser.submit(form.url, '/coordonnees/sans-carte', typed);
    assert.equal(page.status, 422);
    for (const [name, value] of Object.entries(typed)) {
      assert.notEqual(errorAt(page, name), '', name);
      assert.match(page.text, new RegExp(`<li><a href="#${name}">`));
      assert.equal(keptIn(page, name), value);
    }
  },

  'of two codes each is told at its box, and neither is kept': async (server) => {
    const browser = createCookieBrowser();
    const start = new URL('/mot-de-passe-oublie', server.urls.wallet);
    const prove = await browser.submit(start, start.href, { identifiant: '899700000021' });
    await press(browser, prove, '/codes');
    const codes = { 'code-mail': 'zzmarkerzz', 'code-sms': 'zzmarkerzz' };
    const [wrong, missing] = [
      await browser.submit(start, '/mot-de-passe-oublie/suppression', codes),
      await browser.submit(start, '/mot-de-passe-oublie/suppression', { 'code-mail': '123456' }),
    ];
    assert.deepEqual([wrong.status, missing.status], [422, 422]);
    for (const name of Object.keys(codes)) assert.notEqual(errorAt(wrong, name), '', name);
    assert.notEqual(errorAt(missing, 'code-sms'), '');
    assert.doesNotMatch(wrong.text + missing.text, /zzmarkerzz|123456/);
  },

  'a form of the sandbox that cannot be names its field, not its value': async (server) => {
    const home = new URL(server.urls.sandbox);
    const wrong: [string, string][] = [
      ['/personne', 'persona'],
      ['/horloge', 'advance'],
      ['/telephone/adresse', 'adresse'],
    ];
    for (const [action, name] of wrong) {
      const page = await createCookieBrowser().submit(home, action, { [name]: 'zzmarkerzz' });
      assert.ok(page.status === 400 || page.status === 404, action);
      assert.ok(page.text.includes(name), action);
      assert.doesNotMatch(page.text, /zzmarkerzz/);
    }
  },
});
