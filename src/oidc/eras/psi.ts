import { createHmac } from 'node:crypto';

/**
 * Functional identifiers (PSI): one UUID for each national identifier, the same every time without being stored, and
 * without the key as good as random, so that it has the form of a random one (version 4, RFC 9562 section 5.4).
 */
export function createPsi(key: string): (idNatPs: string) => string {
  return (idNatPs) => {
    const bytes = createHmac('sha256', key)
      .update(JSON.stringify(['psi', idNatPs]))
      .digest()
      .subarray(0, 16);
    bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x40;
    bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
}
