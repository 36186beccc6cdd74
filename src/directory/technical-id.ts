const prefixes = { practitioner: '003', practitioner_role: '005', organization: '001' } as const;
export type IdentifiedTable = keyof typeof prefixes;

/** Both halves of the hash, ten digits each: what no text of an id can be beyond. */
const form = /^(\d{3})-(\d{10})-(\d{10})$/;
const largestHalf = 0xffff_ffff;

/**
 * FHIR ids in the look of the Annuaire Santé (`003-3014698011-3057235123`), made from a hash of what makes a resource
 * one, so that they are the same in every generation and on every server. They tell nothing and must not be
 * interpreted. `hash` is the stored form, eight bytes.
 */
export function formatId(table: IdentifiedTable, hash: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = hash;
  const view = new DataView(buffer, byteOffset, byteLength);
  const [high, low] = [0, 4].map((at) => String(view.getUint32(at)).padStart(10, '0'));
  return `${prefixes[table]}-${high}-${low}`;
}

/** The stored form of an id; of what is no id of the table a form that nothing has. */
export function parseId(table: IdentifiedTable, id: string): Uint8Array {
  const [, prefix, high, low] = form.exec(id) ?? [];
  const halves = [Number(high), Number(low)];
  if (prefix !== prefixes[table] || halves.some((half) => half > largestHalf)) return new Uint8Array();
  return toHash(Number(high), Number(low));
}

/** The stored form of a hash in two halves. */
export function toHash(high: number, low: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeUInt32BE(high, 0);
  bytes.writeUInt32BE(low, 4);
  return bytes;
}
