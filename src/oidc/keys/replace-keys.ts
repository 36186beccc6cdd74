import initializeKeystore from 'oidc-provider/lib/helpers/initialize_keystore.js';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { RingKey } from './key-ring.ts';

/**
 * Gives a provider other keys than those that it began with, by the library's own step for that; the contract test
 * `oidc-keys` guards each upgrade.
 */
export function replaceKeys(provider: Provider, keys: readonly RingKey[]): void {
  initializeKeystore.call(provider, { keys: [...keys] });
}
