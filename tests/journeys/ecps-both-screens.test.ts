import assert from 'node:assert/strict';
import { PasswordRefused } from '#ecps-phone';
import { type CookieBrowser, createCookieBrowser, type Page } from '../support/cookie-browser.ts';
import { askPhone, waitForPhone } from '../support/ecps-walk.ts';
import { headingOf, openChoice, readable, textOf } from '../support/http-walk.ts';
import { pressNamed } from '../support/named-controls.ts';
import { type ActivePhone, activateByCard, approve, password } from '../support/repair-walk.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';
import { assertRefused, shownApproval } from '../support/test-phone.ts';

const persona = 'infirmiere-adeli';

/** Her phone, and her browser on the page that waits for it. */
async function askHer(server: TestServer) {
  const holder = await activateByCard(server, persona);
  const browser = createCookieBrowser();
  const waiting = await ask(server, browser, holder);
  return { holder, browser, waiting, shown: await shownApproval(holder), number: numberOf(waiting) };
}

const ask = async (server: TestServer, browser: CookieBrowser, { credential }: ActivePhone) =>
  askPhone(browser, await openChoice(browser, server.urls), credential.nationalId.value);

const numberOf = (page: Page): number => Number(textOf(page, 'number'));
const shownIds = async ({ phone }: ActivePhone) =>
  (await phone.watch({ waitSeconds: 0 })).approvals.map(({ id }) => id);

type Asked = Awaited<ReturnType<typeof askHer>>;

/** What ends a question, and the heading of the page that waited. */
const ends: Record<string, [(asked: Asked, server: TestServer) => Promise<unknown>, string]> = {
  refused: [
    ({ holder, shown }) => holder.phone.refuse(shown.id, holder.stored.id, 'refused'),
    'Vous avez refusé la demande',
  ],
  'said to be somebody else’s': [
    ({ holder, shown }) => holder.phone.refuse(shown.id, holder.stored.id, 'not_me'),
    'Vous avez répondu « Ce n’est pas moi »',
  ],
  'answered with a wrong number': [
    ({ holder, shown, number }) => {
      const wrong = shown.numbers?.find((one) => one !== number) ?? 0;
      return holder.phone.approve(holder.stored, shown, { number: wrong, password });
    },
    'Le nombre choisi n’était pas le bon',
  ],
  'out of time': [
    (_, server) => server.api('POST', '/api/clock', { advanceMs: 121_000 }),
    'La demande est restée sans réponse',
  ],
  'followed by a newer one of the same browser': [
    ({ browser, holder }, server) => ask(server, browser, holder),
    'Une demande plus récente a remplacé celle-ci',
  ],
};

testOnOneServer('a request on both screens', {
  'approved: the page goes on by itself, and the phone shows it no more': async (server) => {
    const { holder, browser, waiting } = await askHer(server);
    const places = await approve(browser, waiting, holder);
    assert.equal(headingOf(places), "Mes lieux d'exercice");
    assert.deepEqual(await shownIds(holder), []);
  },

  'a wrong password leaves it pending on both, and the next one approves': async (server) => {
    const { holder, browser, waiting, shown, number } = await askHer(server);
    const typed = { number, password: 'autre chose' };
    await assert.rejects(holder.phone.approve(holder.stored, shown, typed), PasswordRefused);
    assert.equal(numberOf(await browser.open(waiting.url)), number);
    assert.deepEqual(await shownIds(holder), [shown.id]);
    assert.equal(headingOf(await approve(browser, waiting, holder)), "Mes lieux d'exercice");
  },

  ...Object.fromEntries(
    Object.entries(ends).map(([name, [end, heading]]) => [
      name,
      async (server: TestServer) => {
        const asked = await askHer(server);
        await end(asked, server);
        const { holder, browser, waiting, shown, number } = asked;
        assert.equal(headingOf(await waitForPhone(browser, waiting)), heading);
        assert.ok(!(await shownIds(holder)).includes(shown.id));
        const late = holder.phone.approve(holder.stored, shown, { number, password });
        await assertRefused(late, 'approval.ended');
        assert.equal(headingOf(await browser.open(waiting.url)), heading);
      },
    ]),
  ),

  'given up in the browser: the phone shows it no more, and cannot approve it': async (server) => {
    const { holder, browser, waiting, shown, number } = await askHer(server);
    const choice = await pressNamed(browser, waiting, 'Autre moyen');
    assert.match(readable(choice.text), /Comment voulez-vous/);
    assert.deepEqual(await shownIds(holder), []);
    const late = holder.phone.approve(holder.stored, shown, { number, password });
    await assertRefused(late, 'approval.ended');
  },

  'after “not me” that browser may ask nobody for an hour, another one may': async (server) => {
    const { holder, browser, shown } = await askHer(server);
    await holder.phone.refuse(shown.id, holder.stored.id, 'not_me');
    const refused = await ask(server, browser, holder);
    assert.match(headingOf(refused), /ne peut rien demander jusqu’à/);
    assert.deepEqual(await shownIds(holder), []);
    assert.equal(numberOf(await ask(server, createCookieBrowser(), holder)) > 0, true);
    await server.api('POST', '/api/clock', { advanceMs: 3_600_000 });
    assert.equal(numberOf(await ask(server, browser, holder)) > 0, true);
  },
});
