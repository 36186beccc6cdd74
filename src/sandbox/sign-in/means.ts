import type { Answer, ScriptedBrowser } from './scripted-browser.ts';

/** How a program passes a sign-in's pages by one means. */
export interface Means {
  /** Loads an address and does there what a person would; answers the last page. */
  open(browser: ScriptedBrowser, url: URL): Promise<Answer>;
  /** Why this page is the end of it, as a code; undefined where it is not. */
  findFailure(answer: Answer): string | undefined;
}
