import { type Der, oid, printable, sequence, setOf, utf8 } from './der.ts';

const types = {
  country: '2.5.4.6',
  state: '2.5.4.8',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  commonName: '2.5.4.3',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
  surname: '2.5.4.4',
} as const;

export type Attribute = readonly [type: keyof typeof types, value: string];

const attribute = ([type, value]: Attribute): Der =>
  sequence(oid(types[type]), type === 'country' ? printable(value) : utf8(value));

/** A distinguished name: each argument is one RDN, which may hold several attributes (RFC 5280, 4.1.2.4). */
export const distinguishedName = (...rdns: readonly Attribute[][]): Der =>
  sequence(...rdns.map((attributes) => setOf(...attributes.map(attribute))));
