// Owns OpenID Connect: oidc-provider, configured as Pro Santé Connect and stored in one table; clients, claims, tokens,
// logout, and the session that a browser has on wallet. Nothing else knows the library. Who was verified, and how, is
// sign-in's to find out; what the directory holds about them comes through ports.
export type { ClaimsSource } from './accounts.ts';
export { type BackchannelApprovals, signInIdOf } from './ciba/approvals.ts';
export { createPhoneApprovals } from './ciba/phone-approvals.ts';
export type { ClientRegistration } from './clients/client-metadata.ts';
export { type ClientRegistrar, createClientRegistrar } from './clients/registrar.ts';
export {
  clientAddCommand,
  clientListCommand,
  clientRemoveCommand,
  clientTokenCommand,
} from './commands/client-commands.ts';
export { keysListCommand, keysRotateCommand } from './commands/key-commands.ts';
export { registrationPath } from './configuration.ts';
export { type PscEra, pscPolicy, pscPolicyOf } from './eras/psc-eras.ts';
export { harden } from './hardened/hardened-policy.ts';
export { type KeyRing, type KeyRingDependencies, openKeyRing } from './keys/key-ring.ts';
export { migrations, resetTables } from './migrations.ts';
export { createOidc, type Oidc, type OidcOptions } from './oidc.ts';
export type { StartingPoint } from './pages.ts';
export type { OidcPolicy } from './policy.ts';
export type { EndReason, SessionService, SignInRepairs, WalletSession } from './sessions.ts';
export type { PractitionerRecord } from './subject-ref-pro.ts';
