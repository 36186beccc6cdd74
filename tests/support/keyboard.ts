import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

const mostTabs = 60;

/** What has the focus: the words of its label or its own, and the width of its outline. */
export const readFocus = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element ?? document.body);
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : element;
    const words = label?.getAttribute('aria-label') ?? label?.textContent ?? '';
    return {
      text: words.trim().replace(/\s+/g, ' '),
      tag: element?.tagName.toLowerCase() ?? '',
      role: element?.getAttribute('role') ?? '',
      outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
    };
  });

/** Presses Tab until a control whose words begin so has the focus, and sees that the focus shows. */
export async function tabTo(page: Page, text: string): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    await page.keyboard.press('Tab');
    const focus = await readFocus(page);
    passed.push(focus.text);
    if (!focus.text.startsWith(text)) continue;
    assert.ok(focus.outline >= 3, `the focus on ${text} shows`);
    return;
  }
  assert.fail(`Tab never reached ${text}: ${passed.join(' | ')}`);
}

/** To the control, and into it: Enter for a link, Space for a button. */
export async function press(page: Page, text: string): Promise<void> {
  await tabTo(page, text);
  await page.keyboard.press((await readFocus(page)).tag === 'button' ? 'Space' : 'Enter');
}

export async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, label);
  await page.keyboard.type(text);
}

/** A new screen or page is announced: its heading of level 1, which has the focus in the app. */
export async function hearHeading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

export async function hearScreen(page: Page, name: string): Promise<void> {
  await hearHeading(page, name);
  await page.getByRole('heading', { level: 1, name, exact: true }).and(page.locator(':focus')).waitFor();
}
