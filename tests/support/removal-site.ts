import type { TestContext } from 'node:test';
import type { RemovalCodesMessage } from '#authenticator';
import { adeli, type Verification } from '#national-id';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { openListener } from '#platform/http/listener.ts';
import { createLogger } from '#platform/logger.ts';
import { type CookieBrowser, createCookieBrowser, type Page } from './cookie-browser.ts';
import { type EcpsSite, type EcpsSiteOptions, nurse, openEcpsSite } from './ecps-site.ts';
import { pressNamed } from './named-controls.ts';

export interface RemovalSite extends EcpsSite {
  walletUrl: URL;
  /** What the next card readers answer, at once. */
  card: { answer: { verification: Verification } | { failure: string; reader: 'first' | 'own' } };
  /** Where the repair of every browser goes on. */
  ticket: { url: string | undefined };
}

/** An ADELI number that leads to the nurse. */
export const formerNumber = adeli('996123451');

export function cardOf(site: Pick<EcpsSite, 'clock'>, changes: Partial<Verification> = {}): Verification {
  const { nationalId, givenName, familyName, profession } = nurse;
  const verifiedAt = site.clock.now();
  return { nationalId, givenName, familyName, profession, method: 'card', verifiedAt, ...changes };
}

/** **Mot de passe oublié** for real on a wallet listener, with readers that say what a test tells them. */
export async function openRemovalSite(t: TestContext, options?: EcpsSiteOptions): Promise<RemovalSite> {
  const site = await openEcpsSite(t, options);
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  const walletUrl = new URL(`http://localhost:${listener.port}`);
  const card: RemovalSite['card'] = { answer: { verification: cardOf(site) } };
  const ticket: RemovalSite['ticket'] = { url: undefined };
  const wallet = {
    name: 'wallet',
    url: walletUrl,
    title: { fr: 'Connexion', en: 'Sign-in' },
    sandbox: true,
  } as const;
  const app = createSite(wallet, { logger: createLogger('silent') });
  const attempts = new Map<string, string>();
  app.route(
    '/',
    site.authenticator.walletRoutes({
      cards: {
        async createAttempt({ signInId }) {
          const code = `code-${attempts.size}`;
          attempts.set(code, signInId);
          return { url: new URL(`/mot-de-passe-oublie/carte/retour?code=${code}`, walletUrl).href };
        },
        async consumeCode({ signInId, code }) {
          if (attempts.get(code) !== signInId) return undefined;
          attempts.delete(code);
          return card.answer;
        },
        findFailure: async () => undefined,
      },
      ticketUrl: async () => ticket.url,
    }),
  );
  listener.serve(requestListener(wallet, app));
  t.after(() => listener.close());
  return { ...site, walletUrl, card, ticket };
}

/** A browser that typed a number. */
export async function typeNumber(
  { walletUrl }: Pick<RemovalSite, 'walletUrl'>,
  number: string,
  browser = createCookieBrowser(),
): Promise<{ browser: CookieBrowser; page: Page }> {
  const form = await browser.open(new URL('/mot-de-passe-oublie', walletUrl));
  return { browser, page: await pressNamed(browser, form, 'Continuer', { identifiant: number }) };
}

/** A browser with codes on their way; the message that is to bring them. */
export async function askForCodes(
  site: RemovalSite,
  number: string = nurse.nationalId.value,
): Promise<{ browser: CookieBrowser; page: Page; message: RemovalCodesMessage }> {
  const { browser, page } = await typeNumber(site, number);
  const sent = await pressNamed(browser, page, 'Recevoir les codes');
  const message = site.removalCodes.at(-1);
  if (!message) throw new Error('No codes were queued.');
  return { browser, page: sent, message };
}

/** **Supprimer ma e-CPS**. */
export function typeCodes(browser: CookieBrowser, page: Page, codes: { mail: string; sms: string }) {
  return pressNamed(browser, page, 'Supprimer ma e-CPS', { 'code-mail': codes.mail, 'code-sms': codes.sms });
}

/** Another code of six digits. */
export const wrong = (code: string, step = 1): string =>
  String((Number(code) + step) % 1_000_000).padStart(6, '0');
