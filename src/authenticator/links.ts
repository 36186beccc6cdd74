import type { Clock } from '#platform/clock.ts';
import type { Macs } from './macs.ts';
import { cardLinkLifetimeMs } from './policy.ts';
import { activationPath, notMePath, tokenPrefix } from './wire.ts';

/** What a link names, once its HMAC was checked. */
export type ActivationLink = { channel: 'mail'; enrolmentId: string } | CardLink;
type CardLink = { channel: 'card'; enrolmentId: string; fresh: boolean };

export type Links = ReturnType<typeof createLinks>;

/**
 * The addresses in mails and QR codes. A token is an id and its HMAC (256 bits): nothing of it is kept, whoever reads
 * the database cannot make one, and the mail that is sent again carries the same. Tokens of a card also carry their
 * time. Activation tokens stand in the fragment, which no server sees.
 */
export function createLinks({ macs, clock, appUrl }: { macs: Macs; clock: Clock; appUrl: URL }) {
  const activation = (token: readonly string[]) =>
    new URL(`${activationPath}#${token.join('.')}`, appUrl).href;
  return {
    mailUrl: (enrolmentId: string) =>
      activation([tokenPrefix.mail, enrolmentId, macs.mac('mail link', enrolmentId)]),

    cardUrl(enrolmentId: string): { url: string; expiresAt: number } {
      const now = clock.now();
      const time = now.toString(36);
      const mac = macs.mac('card link', enrolmentId, time);
      const url = activation([tokenPrefix.card, enrolmentId, time, mac]);
      return { url, expiresAt: now + cardLinkLifetimeMs };
    },

    /** `undefined` for what is none of our tokens. */
    readActivation(token: string): ActivationLink | undefined {
      const [prefix, enrolmentId = '', ...rest] = token.split('.');
      if (prefix === tokenPrefix.mail) return readMail(enrolmentId, rest);
      return prefix === tokenPrefix.card ? readCard(enrolmentId, rest) : undefined;
    },

    /** **Ce n'est pas moi**, for an enrolment or a credential. */
    notMeUrl: (id: string) => new URL(`${notMePath}/${id}.${macs.mac('not me', id)}`, appUrl).href,

    readNotMe(token: string): string | undefined {
      const [id = '', mac = ''] = token.split('.');
      return macs.matches(mac, 'not me', id) ? id : undefined;
    },
  };

  function readMail(enrolmentId: string, [mac = '']: readonly string[]): ActivationLink | undefined {
    return macs.matches(mac, 'mail link', enrolmentId) ? { channel: 'mail', enrolmentId } : undefined;
  }

  function readCard(enrolmentId: string, [time = '', mac = '']: readonly string[]): CardLink | undefined {
    if (!macs.matches(mac, 'card link', enrolmentId, time)) return undefined;
    const age = clock.now() - Number.parseInt(time, 36);
    return { channel: 'card', enrolmentId, fresh: age < cardLinkLifetimeMs };
  }
}
