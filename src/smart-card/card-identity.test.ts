import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PrintableString, Utf8String } from 'asn1js';
import { AttributeTypeAndValue, Certificate, RelativeDistinguishedNames } from 'pkijs';
import { parseCardIdentity } from './card-identity.ts';

const types = { CN: '2.5.4.3', SN: '2.5.4.4', title: '2.5.4.12', GN: '2.5.4.42' };

/** A certificate that is nothing but its subject, as an older card without private extensions has it. */
function certificateOf(subject: Partial<Record<keyof typeof types, string>>): Certificate {
  const typesAndValues = Object.entries(subject).map(
    ([type, value]) =>
      new AttributeTypeAndValue({
        type: types[type as keyof typeof types],
        value: type === 'CN' ? new PrintableString({ value }) : new Utf8String({ value }),
      }),
  );
  return new Certificate({ subject: new RelativeDistinguishedNames({ typesAndValues }) });
}

const nurse = { CN: '00B6077602', GN: 'Noël', SN: 'INFIRMCH7760' };

test('without the private extension the profession is that of the title', () => {
  assert.deepEqual(parseCardIdentity(certificateOf({ ...nurse, title: 'Infirmier' })), {
    nationalId: { kind: 'adeli', value: '0B6077602' },
    givenName: 'Noël',
    familyName: 'INFIRMCH7760',
    profession: '60',
  });
});

test('an accent in a title may be written in either form of Unicode', () => {
  const decomposed = { ...nurse, title: 'Médecin'.normalize('NFD') };
  assert.equal(parseCardIdentity(certificateOf(decomposed))?.profession, '10');
});

test('a title that is no profession tells none', () => {
  assert.equal(parseCardIdentity(certificateOf({ ...nurse, title: 'Secrétaire' }))?.profession, null);
  assert.equal(parseCardIdentity(certificateOf(nurse))?.profession, null);
});

test('anonymous cards name nobody', () => {
  const pool = { CN: '500000000029751/CPAT0001', GN: 'Noël', SN: 'X' };
  assert.equal(parseCardIdentity(certificateOf({ CN: '3760021832/000000018' })), undefined);
  assert.equal(parseCardIdentity(certificateOf({ ...pool, SN: ' ' })), undefined);
});
