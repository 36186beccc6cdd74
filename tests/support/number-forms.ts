import { CallRefused, createDeviceKey, createPhone } from '#ecps-phone';
import { type CookieBrowser, createCookieBrowser, type Page } from './cookie-browser.ts';
import { openChoice, press } from './http-walk.ts';
import { pressNamed } from './named-controls.ts';
import type { TestServer } from './start-test-server.ts';

/** A form into which anybody may type anybody's number. */
export interface NumberForm {
  /** Everything but the last step with this number, from a phone or browser of its own; then that step alone. */
  prepare(number: string): Promise<() => Promise<Response>>;
  /** How many of one number go before a limit is met, which an hour lifts. */
  most: number;
}

/** The request that carries the number, and nothing that follows it. */
function post(browser: CookieBrowser, page: Page, end: string, fields: Record<string, string>) {
  const action = [...page.text.matchAll(/<form[^>]*action="([^"]+)"/g)].find(([, to]) => to?.endsWith(end));
  return () =>
    browser.request(new URL(action?.[1] ?? '', page.url), {
      method: 'POST',
      headers: { origin: page.url.origin, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(fields),
    });
}

export function openNumberForms(server: TestServer): Record<string, NumberForm> {
  const { wallet, directory, app } = server.urls;
  const openRemoval = async (browser: CookieBrowser) => browser.open(new URL('/mot-de-passe-oublie', wallet));
  return {
    'an activation': { prepare: (number) => prepareEnrolment(app, number), most: 20 },
    'a sign-in by e-CPS': {
      async prepare(identifiant) {
        const browser = createCookieBrowser();
        const form = await press(browser, await openChoice(browser, server.urls), '/e-cps');
        return post(browser, form, '/e-cps/demande', { identifiant });
      },
      most: 3,
    },
    'a forgotten password': {
      async prepare(identifiant) {
        const browser = createCookieBrowser();
        return post(browser, await openRemoval(browser), '/mot-de-passe-oublie', { identifiant });
      },
      most: 20,
    },
    'the codes of a forgotten password': {
      async prepare(identifiant) {
        const browser = createCookieBrowser();
        const page = await pressNamed(browser, await openRemoval(browser), 'Continuer', { identifiant });
        return post(browser, page, '/codes', {});
      },
      most: 6,
    },
    'a request to the Order': {
      async prepare(rpps) {
        const browser = createCookieBrowser();
        const page = await browser.open(new URL('/coordonnees/sans-carte', directory));
        const typed = { adresse: 'somebody@example.org', mobile: '0639987742', rpps };
        return post(browser, page, '', typed);
      },
      most: 10,
    },
  };
}

/** A phone that has a nonce already, as after any first call. */
async function prepareEnrolment(app: string, number: string): Promise<() => Promise<Response>> {
  const answers: Response[] = [];
  const keep: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    answers.push(answer.clone());
    return answer;
  };
  const phone = createPhone({ baseUrl: new URL(app), device: await createDeviceKey(), fetch: keep });
  await phone.listCredentials().catch((error: unknown) => {
    if (!(error instanceof CallRefused)) throw error;
  });
  return async () => {
    await phone.requestEnrolment(number, 'fr');
    const answer = answers.at(-1);
    if (!answer) throw new Error('No answer.');
    return answer;
  };
}
