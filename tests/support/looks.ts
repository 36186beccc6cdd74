import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { scrollsSideways } from './browser.ts';

const axeSource = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Smallest height of a control, in CSS pixels. */
const targetHeight = 44;

/** What is wrong with how a page looks and can be used, one sentence each; empty where all is well. */
export async function findFaults(page: Page): Promise<string[]> {
  const sideways = (await scrollsSideways(page)) ? ['the page scrolls sideways'] : [];
  return [...sideways, ...(await findSmallTargets(page)), ...(await findViolations(page))];
}

async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(`${await axeSource};0`);
  const options = { runOnly: rules };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Controls lower than a finger; a link inside a sentence may be (WCAG 2.2, 2.5.8 "inline"). */
async function findSmallTargets(page: Page): Promise<string[]> {
  const small = await page.evaluate<string[], number>((least) => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>('main a, main button, main input:not([type="hidden"])'),
    ];
    const inline = (element: HTMLElement) =>
      getComputedStyle(element).display === 'inline' && element.closest('p, dd');
    return controls
      .filter((control) => control.checkVisibility() && !inline(control))
      .filter((control) => control.getBoundingClientRect().height < least)
      .map((control) => control.textContent || control.id);
  }, targetHeight);
  return small.map((name) => `target lower than ${targetHeight} px: ${name}`);
}
