import { button } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import { type CaseFile, isOfferedEcps } from './case-file.ts';
import type { Cause } from './diagnosis.ts';
import type { RepairMessages } from './messages.ts';
import { paths } from './paths.ts';

export interface WayOut {
  file: CaseFile;
  /** `undefined` where no e-CPS app is served. */
  appUrl: URL | undefined;
  /** Whom to ask. */
  authority: string;
}

/** Causes that an e-CPS under the RPPS number ends. */
const endedByEcps: readonly Cause[] = ['ecps_under_adeli', 'legacy_adeli_identity'];

/** What there is to do, in order. */
export function stepTexts(texts: RepairMessages, { file, appUrl, authority }: WayOut): string[] {
  return file.diagnosis.steps.flatMap((step) =>
    appUrl && endedByEcps.includes(step)
      ? ecpsSteps(texts, file, step)
      : [texts.causes[step].steps(authority)],
  );
}

function ecpsSteps({ ecps }: RepairMessages, file: CaseFile, step: Cause): string[] {
  if (isOfferedEcps(file)) return [ecps.useIt];
  return step === 'ecps_under_adeli'
    ? [ecps.deactivateFirst, ecps.activateUnderRpps]
    : [ecps.activateUnderRpps];
}

/** The one thing to do next that a page can do. */
export function actionOf(
  { ecps }: RepairMessages,
  file: CaseFile,
  appUrl: URL | undefined,
): Html | undefined {
  const { cause } = file.diagnosis;
  if (!appUrl || !cause || !endedByEcps.includes(cause)) return undefined;
  const next = isOfferedEcps(file)
    ? { href: paths.ecps, label: ecps.signIn }
    : { href: appUrl.href, label: ecps.activate };
  return html`<div class="actions">${button({ ...next, icon: 'smartphone' })}</div>`;
}
