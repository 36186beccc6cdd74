import type { Page } from 'playwright-core';

/** What somebody who hears a page would miss, one sentence each. The page was opened, and nothing was pressed. */
export async function findMeaningFaults(page: Page, language: string): Promise<string[]> {
  const faults = await page.evaluate(readMeaning, language);
  return [...faults, ...(await findFormFaults(page))];
}

/** Runs in the page by itself: language, name, heading and the link that leads to the content. */
export function readMeaning(language: string): string[] {
  const say = (fault: string, isFault: boolean) => (isFault ? [fault] : []);
  const plain = (text: string | null | undefined) => text?.trim().replace(/\s+/g, ' ') ?? '';
  const headings = [...document.querySelectorAll('h1')].map(({ textContent }) => plain(textContent));
  const [named = ''] = document.title.replace(/^(Erreur : |Error: )/, '').split(' · ');
  const skip = document.querySelector<HTMLAnchorElement>('body > a:first-child');
  return [
    ...say(`speaks ${document.documentElement.lang}`, document.documentElement.lang !== language),
    ...say('has not one heading of level 1', headings.length !== 1),
    ...say('has not one main part', document.querySelectorAll('main').length !== 1),
    ...say(`is named ${named} and headed ${headings[0]}`, plain(named) !== headings[0]),
    ...say(
      'does not begin with a link to its content',
      skip?.hash !== `#${document.querySelector('main')?.id}`,
    ),
  ];
}

/** Runs in the page: what is wrong in a form is said at its field, at its head and in the page's name. */
async function findFormFaults(page: Page): Promise<string[]> {
  await waitForFocus(page);
  return page.evaluate(() => {
    const errors = [...document.querySelectorAll('.error')];
    const invalid = [...document.querySelectorAll('[aria-invalid="true"]')];
    const describes = (control: Element, { id }: Element) =>
      control.getAttribute('aria-describedby')?.split(' ').includes(id) ?? false;
    const untied = errors.filter((error) => !invalid.some((control) => describes(control, error)));
    const [focus, summary] = [document.activeElement, document.querySelector('[role="alert"][autofocus]')];
    const isFocused = invalid.length > 1 ? focus === summary : focus === invalid[0];
    return [
      ...untied.map(({ textContent }) => `an error is tied to no field: ${textContent}`),
      ...(invalid.length > 0 && !isFocused ? [`the focus is on ${focus?.outerHTML.slice(0, 80)}`] : []),
      ...(invalid.length > 0 && !/^(Erreur : |Error: )/.test(document.title)
        ? ['the name says no error']
        : []),
    ];
  });
}

/** A browser moves to what asks for the focus with its next picture, which a busy machine draws late. */
async function waitForFocus(page: Page): Promise<void> {
  const hasFocus = () =>
    document.querySelector('[autofocus]') === null || document.activeElement !== document.body;
  // What never takes it is told as a fault.
  await page.waitForFunction(hasFocus, undefined, { timeout: 5_000 }).catch(() => {});
}
