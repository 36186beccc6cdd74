import assert from 'node:assert/strict';
import type { CookieBrowser, Page } from './cookie-browser.ts';
import type { TestServer } from './start-test-server.ts';

type Urls = TestServer['urls'];

/** Posts the form of a page whose action ends so. */
export function press(
  browser: CookieBrowser,
  page: Page,
  end: string,
  fields: Record<string, string> = {},
): Promise<Page> {
  const action = [...page.text.matchAll(/<form[^>]*action="([^"]+)"/g)]
    .map(([, found]) => found ?? '')
    .find((found) => found.endsWith(end));
  assert.ok(action, `no form to ${end}`);
  return browser.submit(page.url, action, fields);
}

/** From the portal's first page to the sign-in page of the wallet. */
export async function openChoice(browser: CookieBrowser, urls: Urls, query = ''): Promise<Page> {
  const first = await browser.open(new URL(`/professionnel/connexion${query}`, urls.portal));
  const href = /<a class="button[^"]*" href="(\/connexion\/demarrer[^"]*)"/.exec(first.text)?.[1];
  return browser.open(new URL(href ?? '', urls.portal));
}

/** From the portal's first page through the wallet and the virtual reader, back to the portal. */
export async function signInByCard(browser: CookieBrowser, urls: Urls, slug: string): Promise<Page> {
  return presentPersonasCard(browser, await openChoice(browser, urls), slug);
}

/** From the sign-in page through the virtual reader, a persona's card in it, to where the service is answered. */
export async function presentPersonasCard(browser: CookieBrowser, choice: Page, slug: string): Promise<Page> {
  const reader = await press(browser, choice, '/carte');
  const inserted = await press(browser, reader, '/carte', { persona: slug });
  return press(browser, inserted, '/code', { code: '1234' });
}

/** Text of a page as it is read, tags aside. */
export function readable(html: string): string {
  return html
    .replace(/<\/?(span|strong|code)\b[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}

export const headingOf = (page: Page): string => readable(/<h1[^>]*>(.*?)<\/h1>/s.exec(page.text)?.[1] ?? '');

/** Text of the element with this `data-testid`; empty where there is none. */
export function textOf(page: Page, testId: string): string {
  const element = new RegExp(`<(\\w+)[^>]*data-testid="${testId}"[^>]*>(.*?)</\\1>`, 's').exec(page.text);
  return readable(element?.[2] ?? '');
}

/** `data-code` of the element with this `data-testid`. */
export function codeOf(page: Page, testId: string): string | undefined {
  return new RegExp(`data-testid="${testId}" data-code="([^"]+)"`).exec(page.text)?.[1];
}
