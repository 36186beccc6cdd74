import * as asn1js from 'asn1js';

/** A node of an ASN.1 value; `encode` writes it. The builders below read like the modules of the RFCs. */
export type Der = asn1js.BaseBlock;

export const encode = (node: Der): Buffer => Buffer.from(node.toBER());

/** A value that is encoded already: a public key, a name, an encrypted key. */
export function decode(bytes: Uint8Array): Der {
  const { result, offset } = asn1js.fromBER(bytes);
  if (offset === -1) throw new Error('not a DER value');
  return result;
}

export const sequence = (...value: Der[]): Der => new asn1js.Sequence({ value });

/** SET OF in DER: members in the order of their encodings (X.690, 11.6). */
export const setOf = (...members: Der[]): Der =>
  new asn1js.Set({ value: members.sort((a, b) => Buffer.compare(encode(a), encode(b))) });

export const oid = (value: string): Der => new asn1js.ObjectIdentifier({ value });
export const integer = (value: number): Der => new asn1js.Integer({ value });
export const boolean = (value: boolean): Der => new asn1js.Boolean({ value });
export const nothing = (): Der => new asn1js.Null();
export const utf8 = (value: string): Der => new asn1js.Utf8String({ value });
export const printable = (value: string): Der => new asn1js.PrintableString({ value });
export const bmp = (value: string): Der => new asn1js.BmpString({ value });
export const octets = (bytes: Uint8Array): Der => new asn1js.OctetString({ valueHex: bytes });

/** An integer given by its two's complement bytes, as serial numbers are. */
export const bigInteger = (bytes: Uint8Array): Der => new asn1js.Integer({ valueHex: bytes });

export const bits = (bytes: Uint8Array, unusedBits = 0): Der =>
  new asn1js.BitString({ valueHex: bytes, unusedBits });

/** `[tag] EXPLICIT`, or a constructed `[tag] IMPLICIT`: both are written alike. */
export const tagged = (tagNumber: number, ...value: Der[]): Der =>
  new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value });

/** `[tag] IMPLICIT` of a primitive. */
export const taggedBytes = (tagNumber: number, bytes: Uint8Array): Der =>
  new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex: bytes });

/** Time of RFC 5280, 4.1.2.5: UTCTime up to 2049, GeneralizedTime after; whole seconds. */
export function time(at: number): Der {
  const valueDate = new Date(Math.floor(at / 1000) * 1000);
  return valueDate.getUTCFullYear() < 2050
    ? new asn1js.UTCTime({ valueDate })
    : new asn1js.GeneralizedTime({ valueDate });
}
