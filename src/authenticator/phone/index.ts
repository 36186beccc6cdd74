// The phone's side of the e-CPS protocol, for the app, the simulated phone and the tests alike: signed calls, the
// OPRF's client half, the box that holds K_auth, and the signatures by it. Pure: WebCrypto and fetch only. It stores
// nothing: whoever uses it keeps `DeviceKey` and `StoredCredential`.
export { readActivationToken, readRpps } from './activation-link.ts';
export { type StoredCredential, WrongPassword } from './box.ts';
export { createDeviceKey, type DeviceKey, importDeviceKey, thumbprintOf } from './device-key.ts';
export { type PasswordFault, passwordFault, passwordLength } from './password-rules.ts';
export { createPhone, ForeignKey, PasswordRefused, type Phone, type PhoneOptions } from './phone.ts';
export { CallRefused } from './signed-calls.ts';
