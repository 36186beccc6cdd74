import type { CIBATriggerAuthenticationDevice, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { AccessDenied, UnknownUserId } from 'oidc-provider/lib/helpers/errors.js';
import { parseIdentifier } from '#authenticator';
import type { NationalId } from '#national-id';
import { subjectOf } from '../identity-claims.ts';
import { backchannelRequestSeconds, type OidcPolicy } from '../policy.ts';
import { withImpliedScopes } from '../scopes.ts';
import { type BackchannelAnswer, type BackchannelApprovals, signInIdOf } from './approvals.ts';
import { approvalsOf, type Channels } from './channels.ts';
import type { Pings } from './pings.ts';
import { verifyMessage, verifyRequest } from './request-rules.ts';

/** A request as we extend it: see `keepApprovalInRequest`. */
export type AskingRequest = Parameters<CIBATriggerAuthenticationDevice>[1] & {
  jti: string;
  clientId?: string;
  /** The question that the person's phone was asked. */
  approvalId?: string;
};

export interface CibaFeatureDependencies {
  channels: Channels;
  policy: OidcPolicy;
  pings: Pings;
}

type Ciba = NonNullable<NonNullable<Configuration['features']>['ciba']>;

/** What metadata of clients are judged by; nobody is asked. */
export const cibaMetadata: Extract<Ciba, { enabled: boolean }> = {
  enabled: true,
  deliveryModes: ['poll', 'ping'],
  validateRequestContext: async () => {},
  triggerAuthenticationDevice: async () => {},
  // Only `login_hint` is taken: `verifyRequest` refuses the others.
  processLoginHintToken: async () => undefined,
  verifyUserCode: async () => {},
};

/** OpenID Connect Client-Initiated Backchannel Authentication Flow, Core 1.0, as Pro Santé Connect offers it. */
export function cibaFeature({ channels, policy, pings }: CibaFeatureDependencies): Ciba {
  return {
    ...cibaMetadata,
    validateRequestContext: async (ctx) => verifyRequest(ctx, policy, channels),
    validateBindingMessage: async ({ oidc }, message) =>
      verifyMessage(message, approvalsOf(channels, oidc.params)),
    async processLoginHint({ oidc }, hint) {
      const nationalId = parseIdentifier(hint ?? '');
      if (!nationalId || !(await approvalsOf(channels, oidc.params).isKnown(nationalId))) return undefined;
      return subjectOf({ nationalId }, policy);
    },
    async triggerAuthenticationDevice(ctx, request) {
      const asking: AskingRequest = request as AskingRequest;
      asking.scope = withImpliedScopes([...ctx.oidc.requestParamOIDCScopes].join(' '), policy);
      const answer = await ask(ctx, asking, approvalsOf(channels, ctx.oidc.params));
      if (answer.outcome !== 'pending') {
        await asking.destroy();
        throw explainRefusal(answer);
      }
      asking.approvalId = answer.approvalId;
      await asking.save();
      await pings.plan(ctx.oidc.client, asking);
    },
  };
}

async function ask(
  { oidc }: KoaContextWithOIDC,
  request: AskingRequest,
  approvals: BackchannelApprovals,
): Promise<BackchannelAnswer> {
  const { client, params = {} } = oidc;
  const nationalId: NationalId | undefined = parseIdentifier(String(params.login_hint));
  if (!client || !nationalId) return { outcome: 'unknown' };
  return approvals.request({
    signInId: signInIdOf(request.jti),
    nationalId,
    service: { clientId: client.clientId, name: client.clientName ?? client.clientId },
    message: String(params.binding_message ?? ''),
    lifetimeMs: lifetimeSeconds(params) * 1000,
  });
}

/** CIBA Core 1.0 section 7.1: a service may ask for less time, never for more. */
export function lifetimeSeconds({ requested_expiry: asked }: { requested_expiry?: unknown }): number {
  return Math.min(backchannelRequestSeconds, Number(asked ?? backchannelRequestSeconds));
}

const causes: Record<Exclude<BackchannelAnswer['outcome'], 'pending' | 'unknown'>, string> = {
  expired: 'the e-CPS of this person has expired',
  frozen: 'the e-CPS of this person is frozen',
  locked: 'the e-CPS of this person is locked for a while',
  blocked: 'this person refused this service and is not asked for a while',
  limited: 'this person is not asked again for a while',
};

/** CIBA Core 1.0 section 13: what is denied before anybody was asked is 403. */
function explainRefusal({ outcome }: Exclude<BackchannelAnswer, { outcome: 'pending' }>): Error {
  if (outcome === 'unknown') return new UnknownUserId('could not identify end-user');
  return Object.assign(new AccessDenied(causes[outcome]), { status: 403, statusCode: 403 });
}
