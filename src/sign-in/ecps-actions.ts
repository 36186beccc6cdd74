import type { Context } from 'hono';
import type { NationalId } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import { clientAddress } from '#platform/http/client-address.ts';
import { deviceText } from '#platform/http/device-text.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { complete } from './complete.ts';
import type { EcpsMeans } from './ecps-means.ts';
import { ecpsMessages } from './ecps-messages.ts';
import { renderActivation, renderIdentifier, timeLeft } from './ecps-pages.ts';
import { paths } from './paths.ts';
import type { SignInRequest } from './sign-in-host.ts';
import type { Act, Answer, EcpsAct } from './sign-in-parts.ts';
import { nameBrowser } from './this-browser.ts';
import { parseTypedIdentifier } from './typed-identifier.ts';

/** Without an e-CPS to sign in with, back to the page, which shows the next step. */
export function withEcps(act: EcpsAct): Act {
  return async (c, request, { ecps, ...parts }) =>
    ecps ? act(c, request, { ...parts, ecps }) : c.redirect(paths.page(request.id), 303);
}

/** **e-CPS**, and a number that is to be corrected. */
export const openEcps: EcpsAct = async (c, { id }, { ecps }) => {
  await ecps.turnTo('ecps', id);
  return c.redirect(paths.page(id), 303);
};

/** **Autre moyen**. */
export const chooseAgain: EcpsAct = async (c, { id }, { ecps }) => {
  await ecps.turnTo('choice', id);
  return c.redirect(paths.page(id), 303);
};

/** **Se connecter avec ma e-CPS**, and **Réessayer**, which repeats the number that was typed. */
export const requestApproval: EcpsAct = async (c, request, parts) => {
  const identifiant = new URLSearchParams(await c.req.text()).get('identifiant');
  if (identifiant === null) return repeatRequest(c, request, parts);
  const typed = parseTypedIdentifier(identifiant);
  return 'error' in typed
    ? renderIdentifier(c, request, {
        value: identifiant,
        error: typed.error,
        forgottenPath: parts.ecps.forgottenPath,
      })
    : askPhone(c, request, parts.ecps, typed.nationalId);
};

const repeatRequest: EcpsAct = async (c, request, parts) => {
  const identifier = (await parts.ecps.findProgress(request.id))?.identifier;
  return identifier ? askPhone(c, request, parts.ecps, identifier) : openEcps(c, request, parts);
};

async function askPhone(
  c: Context<AppEnv>,
  { id, service }: SignInRequest,
  ecps: EcpsMeans,
  identifier: NationalId,
): Promise<Answer> {
  const question = {
    signInId: id,
    browserHash: nameBrowser(c),
    address: clientAddress(c),
    service: { clientId: service.id, name: service.name },
    device: deviceText(c.req.header('user-agent')) ?? ecpsMessages(c.var.locale).unknownDevice,
    place: null,
  };
  const approvalId = await ecps.request(question, identifier);
  return c.redirect(approvalId ? paths.approval(id, approvalId) : paths.page(id), 303);
}

/** What a waiting page's script asks for. */
export const tellState: EcpsAct = async (c, { id }, { ecps }) => {
  const approval = await ecps.approvals.findApproval(c.req.param('approval') ?? '', id);
  if (approval?.status !== 'pending') return c.json({ pending: false });
  return c.json({ pending: true, left: timeLeft(c, approval, ecps.clock.now()) });
};

/** The phone said yes. Where the answer is used up or void by now, it is asked anew. */
export async function redeemApproval(
  c: Context<AppEnv>,
  request: SignInRequest,
  parts: Parameters<EcpsAct>[2],
  approvalId: string,
): Promise<Answer> {
  const approval = { id: approvalId, signInId: request.id };
  const { approvals } = parts.ecps;
  const verification = await approvals.findApproved(approval);
  if (!verification) return openEcps(c, request, parts);
  const consume = async (unit: Unit) => (await approvals.consumeApproval(approval, unit)) !== undefined;
  return (await complete(c, request, parts, verification, consume)) ?? openEcps(c, request, parts);
}

export const showActivation: EcpsAct = async (c, request, { ecps }) =>
  renderActivation(c, request, ecps.appUrl);
