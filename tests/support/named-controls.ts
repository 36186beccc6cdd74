import assert from 'node:assert/strict';
import type { CookieBrowser, Page } from './cookie-browser.ts';
import { readable } from './http-walk.ts';

const decode = (attribute: string) => attribute.replaceAll('&amp;', '&').replaceAll('&#39;', "'");

/** Presses the button of this name; its form goes with what is typed. */
export function pressNamed(
  browser: CookieBrowser,
  page: Page,
  name: string,
  fields: Record<string, string> = {},
): Promise<Page> {
  const forms = [...page.text.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)];
  const attributes = forms.find(([, , content = '']) => buttonsIn(content).includes(name))?.[1] ?? '';
  const action = decode(/action="([^"]+)"/.exec(attributes)?.[1] ?? '');
  assert.ok(action, `no button ${name}`);
  if (!attributes.includes('method="get"')) return browser.submit(page.url, action, fields);
  return browser.open(new URL(action, page.url));
}

function buttonsIn(html: string): string[] {
  return [...html.matchAll(/<button.*?<\/button>/gs)].map(([button]) => readable(button));
}

/** Address behind the link of this name; `undefined` where there is none. */
export function hrefOf(page: Page, name: string): string | undefined {
  const links = [...page.text.matchAll(/<a[^>]*? href="([^"]+)"[^>]*>(.*?)<\/a>/gs)];
  const href = links.find(([, , content = '']) => readable(content) === name)?.[1];
  return href && decode(href);
}

export function followNamed(browser: CookieBrowser, page: Page, name: string): Promise<Page> {
  const href = hrefOf(page, name);
  assert.ok(href, `no link ${name}`);
  return browser.open(new URL(href, page.url));
}

/** What is said at the input of this name. */
export function errorAt(page: Page, input: string): string {
  assert.match(page.text, new RegExp(`<input id="${input}"[^>]*aria-describedby="[^"]*${input}-error"`));
  return readable(new RegExp(`id="${input}-error">(.*?)</p>`, 's').exec(page.text)?.[1] ?? '');
}
