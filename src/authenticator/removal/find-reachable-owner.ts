import { adeli, rpps } from '#national-id';
import type { Clock } from '#platform/clock.ts';
import { isLive } from '../credentials/credential-status.ts';
import { findNoticeRecipient } from '../enrolling/recipient.ts';
import type { Recipient, RemovalCodesMessage } from '../messages-port.ts';
import type { AuthenticatorDirectory } from '../parts.ts';
import type { CredentialStore } from '../stores/credential-store.ts';

export interface OwnerSources {
  credentials: Pick<CredentialStore, 'listOfPerson'>;
  directory: AuthenticatorDirectory;
  clock: Clock;
}

/**
 * Whom the two codes of a removal go to: the owner of an e-CPS under that number, whose record has an address and a
 * mobile. `undefined` for everybody else: then nothing is sent.
 */
export async function findReachableOwner(
  { credentials, directory, clock }: OwnerSources,
  { nationalId: { kind, value }, locale }: Pick<RemovalCodesMessage, 'nationalId' | 'locale'>,
): Promise<Recipient | undefined> {
  const all = await credentials.listOfPerson(kind === 'rpps' ? rpps(value) : adeli(value));
  const newest = all.filter((one) => isLive(one, clock.now())).at(-1);
  const found = newest && (await findNoticeRecipient(directory, { ...newest, locale }));
  const { email, phone } = found ?? {};
  return found && email && phone ? { ...found, email, phone } : undefined;
}
