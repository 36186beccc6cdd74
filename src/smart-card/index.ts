// Owns the smart card as a means to sign in: the card listener, the attempts to read a card, and the verification of
// a certificate (chain, validity, usage, revocation), which it turns into a `Verification`. It knows no sign-in but
// by its id, shows no page, and makes no certificates.
export type { FailedAttempt, Reader, Redeemed } from './card-attempt-store.ts';
export { type CardFailure, cardFailures } from './card-failure.ts';
export { cardExtensionIds } from './card-identity.ts';
export { clientTlsOptions, readerHeader } from './card-listener.ts';
export { createCrlFiles } from './crl-files.ts';
export { migrations, resetTables } from './migrations.ts';
export type { CrlSource } from './revocation.ts';
export { createSmartCard, type SmartCard, type SmartCardDependencies } from './smart-card.ts';
export { createOrganizationVerifier } from './verify-organization.ts';
