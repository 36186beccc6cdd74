import type { BackchannelApprovals } from './approvals.ts';

/** What a person is asked on (pro-sante-connect.md 3): her phone, or her card on a page of wallet. */
export type Channel = 'MOBILE' | 'CARD';

export type Channels = Record<Channel, BackchannelApprovals>;

/** Of Pro Santé Connect alone; the phone unless told. */
export const channelParameter = 'channel';

/** `undefined` for what is neither. */
export function parseChannel({ channel = 'MOBILE' }: Record<string, unknown>): Channel | undefined {
  return channel === 'MOBILE' || channel === 'CARD' ? channel : undefined;
}

/** What asks for a request that was accepted. */
export function approvalsOf(channels: Channels, params: Record<string, unknown> = {}): BackchannelApprovals {
  return channels[parseChannel(params) ?? 'MOBILE'];
}
