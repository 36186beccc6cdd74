import { createHmac, timingSafeEqual } from 'node:crypto';

/** The change that **Ce n'est pas moi** is about. */
export interface DisputeToken {
  idNatPs: string;
  /** Instant of the change, milliseconds. */
  changedAt: number;
}

export type DisputeLinks = ReturnType<typeof createDisputeLinks>;

const macBytes = 16;

/** Tokens of the links in notices: readable, and signed under a key of the secrets, so that no row waits for them. */
export function createDisputeLinks(hmacKey: string) {
  const key = Buffer.from(hmacKey, 'base64url');
  const macOf = (claim: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['directory contact', 'dispute', claim]))
      .digest()
      .subarray(0, macBytes);
  return {
    issue({ idNatPs, changedAt }: DisputeToken): string {
      const claim = `${idNatPs}.${changedAt}`;
      return `${claim}.${macOf(claim).toString('base64url')}`;
    },
    read(token: string): DisputeToken | undefined {
      const [, claim, idNatPs, changedAt, mac] = /^((8\d{11})\.(\d{1,15}))\.([\w-]{22})$/.exec(token) ?? [];
      if (!claim || !idNatPs || !changedAt || !mac) return undefined;
      const genuine = timingSafeEqual(Buffer.from(mac, 'base64url'), macOf(claim));
      return genuine ? { idNatPs, changedAt: Number(changedAt) } : undefined;
    },
  };
}
