import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { findLayoutFaults } from './layout-faults.ts';

const axeSource = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const allRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong with how a page looks and can be used, one sentence each; empty where all is well. */
export async function findFaults(page: Page): Promise<string[]> {
  return [...(await findLayoutFaults(page)), ...(await findViolations(page))];
}

/** What axe finds by the rules with these tags or names. Frames are pages of their own. */
export async function findViolations(page: Page, rules: readonly string[] = allRules): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${await axeSource};0`);
  const options = { runOnly: rules, iframes: false, resultTypes: ['violations'], elementRef: false };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
