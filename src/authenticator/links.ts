import type { Clock } from '#platform/clock.ts';
import type { Macs } from './macs.ts';
import { cardLinkLifetimeMs } from './policy.ts';
import { activationPath, notMePath } from './wire.ts';

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
  const activation = (token: string) => new URL(`${activationPath}#${token}`, appUrl).href;
  return {
    mailUrl: (enrolmentId: string) => activation(`${enrolmentId}.${macs.mac('mail link', enrolmentId)}`),

    cardUrl(enrolmentId: string): { url: string; expiresAt: number } {
      const now = clock.now();
      const time = now.toString(36);
      const url = activation(`${enrolmentId}.${time}.${macs.mac('card link', enrolmentId, time)}`);
      return { url, expiresAt: now + cardLinkLifetimeMs };
    },

    /** `undefined` for what is none of our tokens. */
    readActivation(token: string): ActivationLink | undefined {
      const parts = token.split('.');
      const [enrolmentId = '', time = '', mac = ''] = parts;
      if (parts.length === 2)
        return macs.matches(time, 'mail link', enrolmentId) ? { channel: 'mail', enrolmentId } : undefined;
      if (!macs.matches(mac, 'card link', enrolmentId, time)) return undefined;
      const age = clock.now() - Number.parseInt(time, 36);
      return { channel: 'card', enrolmentId, fresh: age < cardLinkLifetimeMs };
    },

    /** **Ce n'est pas moi**, for an enrolment or a credential. */
    notMeUrl: (id: string) => new URL(`${notMePath}/${id}.${macs.mac('not me', id)}`, appUrl).href,

    readNotMe(token: string): string | undefined {
      const [id = '', mac = ''] = token.split('.');
      return macs.matches(mac, 'not me', id) ? id : undefined;
    },
  };
}
