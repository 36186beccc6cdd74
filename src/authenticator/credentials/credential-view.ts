import type { Parts } from '../parts.ts';
import { passwordState } from '../password-ladder.ts';
import type { Credential } from '../stores/credential-store.ts';
import { numberView } from '../stores/national-id-text.ts';
import type { CredentialView } from '../wire.ts';
import { isLive, isUsable, statusOf } from './credential-status.ts';

/** The e-CPS of one phone, each with its sisters on other phones. */
export async function viewCredentials(
  parts: Pick<Parts, 'credentials' | 'clock'>,
  own: readonly Credential[],
): Promise<CredentialView[]> {
  const now = parts.clock.now();
  const live = own.filter((one) => isLive(one, now));
  return Promise.all(live.map((credential) => viewCredential(parts, credential)));
}

export async function viewCredential(
  { credentials, clock }: Pick<Parts, 'credentials' | 'clock'>,
  credential: Credential,
): Promise<CredentialView> {
  const now = clock.now();
  const status = statusOf(credential, now);
  const sisters = status === 'frozen' ? [] : await credentials.listOfPerson(credential.nationalId);
  return {
    id: credential.id,
    nationalId: numberView(credential.nationalId),
    givenName: credential.holder.givenName,
    familyName: credential.holder.familyName,
    status,
    activatedAt: credential.activatedAt,
    expiresAt: credential.expiresAt,
    fingerprint: credential.fingerprint,
    password: passwordState(credential.count, now),
    others: sisters
      .filter((other) => other.deviceThumbprint !== credential.deviceThumbprint && isUsable(other, now))
      .map(({ id, device, activatedAt }) => ({ id, device, activatedAt })),
  };
}
