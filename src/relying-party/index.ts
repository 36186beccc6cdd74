// Owns an OpenID Connect client on a site: sign-in, callback, sign-out, back-channel logout, and the cookie sessions
// that come of it. It knows no health: userinfo is kept as it came, and whoever uses it parses it. Pages that need a
// session ask for it here; how the person proved who they are is the issuer's affair.
export { isCrossSitePath, type RelyingPartyAddresses, relyingPartyAddresses } from './addresses.ts';
export {
  type ClientOptions,
  createRelyingParty,
  type RelyingParty,
  type RelyingPartyOptions,
} from './relying-party.ts';
export { migrations, resetTables } from './schema.ts';
export type { Session } from './session-store.ts';
export type { SignInOptions } from './start-sign-in.ts';
