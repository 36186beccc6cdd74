import type { Verification } from '#national-id';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { EcpsMeans } from './ecps-means.ts';
import { renderThaw } from './ecps-pages.ts';
import { paths } from './paths.ts';
import type { Act } from './sign-in-parts.ts';

/** Whether somebody who came by card has an e-CPS that **Ce n'est pas moi** stopped. */
export async function isFrozen(
  ecps: EcpsMeans | undefined,
  { method, nationalId }: Verification,
): Promise<boolean> {
  return method === 'card' && (await ecps?.approvals.findState(nationalId)) === 'frozen';
}

/** Asks before the sign-in goes on: only its owner knows whether her phone is in good hands. */
export const offerThaw: Act = async (c, { id, goesOn, verified }, { ecps }) => {
  if (goesOn === undefined || !verified || !(await isFrozen(ecps, verified)))
    return c.redirect(paths.page(id), 303);
  return renderThaw(c, id, goesOn);
};

/** **Débloquer mon e-CPS**: the card of this very sign-in is the proof. */
export const thaw: Act = async (c, { id, goesOn, verified }, { ecps }) => {
  if (goesOn === undefined || verified?.method !== 'card') return c.redirect(paths.page(id), 303);
  await ecps?.approvals.thaw(verified.nationalId);
  return leavingRedirect(c, goesOn);
};
