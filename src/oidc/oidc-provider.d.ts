// The library's main file prints a warning on a Node without an LTS name, such as the bundled one. What we use of it
// is taken from the files that it re-exports, with the same types.
declare module 'oidc-provider/lib/provider.js' {
  import { Provider } from 'oidc-provider';

  export { Provider };
}
declare module 'oidc-provider/lib/helpers/interaction_policy/index.js' {
  import { interactionPolicy } from 'oidc-provider';
  export const base: typeof interactionPolicy.base;
  export const Check: typeof interactionPolicy.Check;
  export const Prompt: typeof interactionPolicy.Prompt;
}
declare module 'oidc-provider/lib/helpers/errors.js' {
  import { errors } from 'oidc-provider';
  export const AccessDenied: typeof errors.AccessDenied;
  export const InvalidBindingMessage: typeof errors.InvalidBindingMessage;
  export const InvalidGrant: typeof errors.InvalidGrant;
  export const InvalidRequest: typeof errors.InvalidRequest;
  export const SlowDown: typeof errors.SlowDown;
  export const UnauthorizedClient: typeof errors.UnauthorizedClient;
  export const UnknownUserId: typeof errors.UnknownUserId;
  export const InvalidClientMetadata: typeof errors.InvalidClientMetadata;
  export const InvalidTarget: typeof errors.InvalidTarget;
  export const InvalidScope: typeof errors.InvalidScope;
  export const UnmetAuthenticationRequirements: typeof errors.UnmetAuthenticationRequirements;
}
declare module 'oidc-provider/lib/helpers/jwt.js' {
  import type { JWTPayload } from 'jose';

  export function verify(
    jwt: string,
    keystore: unknown,
    options: { issuer?: string },
  ): Promise<{ payload: JWTPayload }>;
}
declare module 'oidc-provider/lib/helpers/initialize_keystore.js' {
  import type { JWK } from 'jose';
  import type { Provider } from 'oidc-provider';

  export default function initialize(this: Provider, jwks: { keys: JWK[] }): void;
}
