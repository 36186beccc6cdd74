import { type NationalId, rpps } from '#national-id';
import type { Locale } from '#platform/html/messages.ts';
import type { NoticeRecipient, Recipient } from '../messages-port.ts';
import type { AuthenticatorDirectory } from '../parts.ts';
import type { Holder } from '../stores/enrolment-store.ts';

/** Somebody whom the guide's way reaches: an active record, a mail address and a mobile. */
export interface Reachable {
  holder: Holder;
  recipient: Recipient;
}

/** `null` for a number that leads to nobody, or to somebody whom no mail and SMS reaches. */
export async function findReachable(
  directory: AuthenticatorDirectory,
  nationalId: NationalId,
  locale: Locale,
): Promise<Reachable | null> {
  const [found, details] = await Promise.all([
    directory.findPractitioner(nationalId),
    directory.findContactDetails(nationalId),
  ]);
  if (!found?.practitioner.active || !details?.email || !details.phone) return null;
  const { givenName, familyName, qualifications } = found.practitioner;
  const profession = qualifications[0]?.profession ?? null;
  return {
    holder: { givenName, familyName, profession },
    recipient: { givenName, familyName, locale, email: details.email, phone: details.phone },
  };
}

/** Where a notice about an e-CPS goes; `undefined` where the directory reaches nobody. */
export async function findNoticeRecipient(
  directory: AuthenticatorDirectory,
  { nationalId, holder, locale }: { nationalId: NationalId; holder: Holder; locale: Locale },
): Promise<NoticeRecipient | undefined> {
  const details =
    (await directory.findContactDetails(nationalId)) ??
    (await findLinkedDetails(directory, nationalId, holder));
  if (!details?.email && !details?.phone) return undefined;
  const { givenName, familyName } = holder;
  return { givenName, familyName, locale, email: details.email, phone: details.phone };
}

/** The directory reaches people under their RPPS number: for an ADELI number under the conditions of its link. */
async function findLinkedDetails(
  directory: AuthenticatorDirectory,
  { kind, value }: NationalId,
  holder: Holder,
): ReturnType<AuthenticatorDirectory['findContactDetails']> {
  if (kind !== 'adeli') return undefined;
  const link = await directory.resolveLink(value, holder);
  return link.outcome === 'linked' ? directory.findContactDetails(rpps(link.rpps)) : undefined;
}

/** `•• •• •• •• 42` */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  const pairs = Math.max(0, Math.ceil((digits.length - 2) / 2));
  return [...Array<string>(pairs).fill('••'), digits.slice(-2)].join(' ');
}
