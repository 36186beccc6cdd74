import type { Page } from 'playwright-core';
import { scrollsSideways } from './browser.ts';

/** Smallest height of a control, in CSS pixels. */
const targetHeight = 44;

/** What does not fit at the present size, one sentence each: scrolling sideways, cut or covered text, small targets. */
export async function findLayoutFaults(page: Page): Promise<string[]> {
  const sideways = (await scrollsSideways(page)) ? ['the page scrolls sideways'] : [];
  const texts = await page.evaluate(findTextFaults);
  return [...sideways, ...texts, ...(await findSmallTargets(page))];
}

/** Runs in the page. A text must lie in its boxes and in the window, and no other text over it. */
function findTextFaults(): string[] {
  interface Line {
    text: string;
    element: Element;
    box: DOMRect;
  }
  const slack = 1.5;
  const isInline = (style: CSSStyleDeclaration) => /^(inline|contents)$/.test(style.display);
  /** Sideways only: a list in its own scrolling may go on below. */
  const isCut = ({ box }: Line, of: Element) => {
    const outer = of.getBoundingClientRect();
    return box.left < outer.left - slack || box.right > outer.right + slack;
  };
  const findCut = (line: Line): boolean => {
    for (let outer: Element | null = line.element; outer; outer = outer.parentElement)
      if (!isInline(getComputedStyle(outer)) && isCut(line, outer)) return true;
    return false;
  };
  const isShown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !element.closest('.visually-hidden, .skip, [hidden], option, title, noscript');
  const linesOf = (node: Node): Line[] => {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!element || !text || !isShown(element)) return [];
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].map((box) => ({ text, element, box }));
  };
  const overlaps = (one: Line, other: Line) => {
    const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    return width > 3 && height > 0.35 * Math.min(one.box.height, other.box.height);
  };
  const scrolls = (element: Element) => element.closest('.messages, .events, #personnes-liste');
  const lines: Line[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) lines.push(...linesOf(walker.currentNode));
  const cut = lines.filter(findCut).map(({ text }) => `cut off: ${text}`);
  const free = lines.filter(({ element }) => !scrolls(element));
  const covered = free.flatMap((one, index) =>
    free
      .slice(index + 1)
      .filter((other) => other.element !== one.element && overlaps(one, other))
      .map((other) => `${one.text} lies over ${other.text}`),
  );
  return [...new Set([...cut, ...covered])];
}

/** Controls lower than a finger; a link inside a sentence may be (WCAG 2.2, 2.5.8 "inline"). */
async function findSmallTargets(page: Page): Promise<string[]> {
  const small = await page.evaluate<string[], number>((least) => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>('a, button, select, summary, input:not([type="hidden"])'),
    ];
    const inline = (element: HTMLElement) =>
      getComputedStyle(element).display === 'inline' && element.closest('p, dd, main li');
    return controls
      .filter((control) => control.checkVisibility() && !inline(control) && !control.closest('.skip'))
      .filter((control) => control.getBoundingClientRect().height < least)
      .map((control) => control.textContent || control.id);
  }, targetHeight);
  return small.map((name) => `target lower than ${targetHeight} px: ${name}`);
}
