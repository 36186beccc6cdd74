import type { Context } from 'hono';
import type { NationalId } from '#national-id';
import type { AppEnv } from '#platform/http/site.ts';
import { redeemApproval } from './ecps-actions.ts';
import type { EcpsMeans } from './ecps-means.ts';
import { renderEnded, renderIdentifier, renderRefused, renderWaiting } from './ecps-pages.ts';
import { nextStep, type Step, type Stored } from './next-step.ts';
import { renderCardFailed, renderChoice } from './pages.ts';
import type { SignInRequest } from './sign-in-host.ts';
import type { Act, Answer, EcpsAct, SignInParts } from './sign-in-parts.ts';
import { parseTypedIdentifier } from './typed-identifier.ts';

/** The page of a sign-in, and that of one request on the phone: both show what comes next by what is stored. */
export const showStep: Act = async (c, request, { ecps, ...parts }) => {
  if (request.goesOn !== undefined) return c.redirect(request.goesOn, 303);
  const step = nextStep(await readStored(c, request, { ...parts, ecps }));
  if (step.name === 'card_failed') return renderCardFailed(c, request, step, ecps);
  if (step.name === 'choose_method' || !ecps) return renderChoice(c, request, ecps);
  return showEcpsStep(c, request, { ...parts, ecps }, step);
};

async function readStored(
  c: Context<AppEnv>,
  { id, hint }: SignInRequest,
  { cards, ecps }: SignInParts,
): Promise<Stored> {
  const failedCard = await cards.findFailure(id);
  if (!ecps) return { failedCard, progress: undefined, approval: undefined, expected: undefined };
  const progress = await ecps.findProgress(id);
  const approval = await findApproval(c, id, ecps, progress);
  return { failedCard, progress, approval, expected: hint === undefined ? undefined : readHint(hint) };
}

/** A hint that is no number of an e-CPS says nothing. */
function readHint(hint: string): NationalId | undefined {
  const typed = parseTypedIdentifier(hint);
  return 'error' in typed ? undefined : typed.nationalId;
}

/** The one that the address names, else the last one. */
async function findApproval(
  c: Context<AppEnv>,
  signInId: string,
  { approvals }: EcpsMeans,
  progress: Stored['progress'],
): Promise<Stored['approval']> {
  const approvalId = c.req.param('approval') ?? progress?.approvalId;
  return approvalId ? approvals.findApproval(approvalId, signInId) : undefined;
}

type EcpsStep = Exclude<Step, { name: 'choose_method' | 'card_failed' }>;

function showEcpsStep(
  c: Context<AppEnv>,
  request: SignInRequest,
  parts: Parameters<EcpsAct>[2],
  step: EcpsStep,
): Answer | Promise<Answer> {
  const { appUrl, forgottenPath, clock } = parts.ecps;
  switch (step.name) {
    case 'ecps_identifier':
      return renderIdentifier(c, request, { value: step.identifier?.value ?? '', forgottenPath });
    case 'ecps_waiting':
      return renderWaiting(c, request, step.approval, clock.now());
    case 'ecps_approved':
      return redeemApproval(c, request, parts, step.approval.id);
    case 'ecps_ended':
      return renderEnded(c, request, step.end);
    case 'ecps_refused':
      return renderRefused(c, request, { refusal: step.refusal, appUrl, now: clock.now() });
  }
}
