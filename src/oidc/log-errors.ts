import type { EventEmitter } from 'node:events';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import { referenceOf } from '#platform/http/reference.ts';
import type { Logger } from '#platform/logger.ts';

const refusals = [
  'authorization.error',
  'grant.error',
  'userinfo.error',
  'introspection.error',
  'revocation.error',
  'pushed_authorization_request.error',
  'backchannel_authentication.error',
] as const;

/** What the library refuses is told by its code; descriptions may hold what was sent. */
export function logErrors(provider: Provider, logger: Logger): void {
  // The library's types name each event apart; Node's emitter takes any.
  const emitter: EventEmitter = provider;
  for (const event of refusals) {
    emitter.on(event, (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
      logger.info({ event, error: error.error, clientId: ctx.oidc.client?.clientId }, 'request refused');
    });
  }
  emitter.on('server_error', (ctx: KoaContextWithOIDC, error: Error) => {
    logger.error({ reference: referenceOf(ctx.req), err: error }, 'request failed');
  });
  emitter.on('error', (error: Error) => logger.error({ err: error }, 'request failed'));
}
