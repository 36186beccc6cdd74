import type { KoaContextWithOIDC } from 'oidc-provider';
import {
  InvalidBindingMessage,
  InvalidRequest,
  UnauthorizedClient,
  UnmetAuthenticationRequirements,
} from 'oidc-provider/lib/helpers/errors.js';
import type { OidcPolicy } from '../policy.ts';
import { methodsFor } from '../requested-level.ts';
import type { BackchannelApprovals } from './approvals.ts';
import { type Channels, parseChannel } from './channels.ts';

/** Throws, by the names of CIBA Core 1.0 section 13, what a request must not be. */
export function verifyRequest({ oidc }: KoaContextWithOIDC, policy: OidcPolicy, channels: Channels): void {
  const { client, params = {} } = oidc;
  // Whoever asks for people proves who it is: CIBA Core 1.0 section 7.1.
  if (client?.clientAuthMethod === 'none')
    throw new UnauthorizedClient('a client without authentication asks for nobody');
  const channel = parseChannel(params);
  if (!channel) throw new InvalidRequest('channel must be MOBILE or CARD');
  if (typeof params.login_hint !== 'string' || params.login_hint === '')
    throw new InvalidRequest('login_hint must name the person');
  // OpenID Connect Core 1.0 section 5.5.1.1.
  if (!methodsFor(params, policy).includes(channels[channel].method))
    throw new UnmetAuthenticationRequirements('the requested level could not be obtained');
}

/** A message that the device cannot show is refused, and so is none where one is needed. */
export function verifyMessage(message: string | undefined, approvals: BackchannelApprovals): void {
  if (!approvals.message.test(message ?? ''))
    throw new InvalidBindingMessage('binding_message must be two digits');
}
