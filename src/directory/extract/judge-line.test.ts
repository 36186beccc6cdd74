import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type activityColumns, mailboxColumns } from './columns.ts';
import { parseExtractHeader } from './extract-kind.ts';
import { extractHeader, formatExtractRow } from './format-extract.ts';
import { hashBytes, hashText } from './hash.ts';
import { createLineJudge } from './judge-line.ts';

/** Valid by Luhn. */
const nurse = '99700000013';
const row = (values: Partial<Record<keyof typeof activityColumns, string>> = {}): string =>
  formatExtractRow({
    ...{ identifierType: '8', identifier: nurse, idNatPs: `8${nurse}`, familyName: 'LÉGER', mode: 'L' },
    ...values,
  });

/** Judges a line that stands between others, as it does in a file. */
function judge(
  line: string | Buffer,
  { header = extractHeader, isUtf8File = true, encoding = 'utf8' as BufferEncoding } = {},
) {
  const bytes = typeof line === 'string' ? Buffer.from(line, encoding) : line;
  const around = Buffer.concat([Buffer.from('before|\n'), bytes, Buffer.from('\nafter|')]);
  const start = 8;
  const judged = createLineJudge(parseExtractHeader(header), isUtf8File)(around, start, start + bytes.length);
  assert.deepEqual(judged.line, hashBytes(bytes, 0, bytes.length));
  return { ...judged };
}

test('whose a line is and its place are hashed as text, by the short way and the long one', () => {
  const line = row({ technicalId: 'C99000000200016' });
  // Only in a UTF-8 file is a line judged without being decoded.
  for (const isUtf8File of [true, false]) {
    const { verdict, owner, place } = judge(line, { isUtf8File, encoding: isUtf8File ? 'utf8' : 'latin1' });
    assert.equal(verdict, 'row');
    assert.deepEqual(owner, hashText(`8${nurse}`));
    assert.deepEqual(place, hashText('C99000000200016'));
  }
});

test('a key with accents is the same in every encoding', () => {
  const line = row({ idNatPs: '8é', technicalId: 'Rœ' });
  const inWindows = Buffer.from(row({ idNatPs: '8é', technicalId: 'R\x9c' }), 'latin1');
  const [utf8, windows] = [judge(line), judge(inWindows, { isUtf8File: false })];
  assert.deepEqual([windows.owner, windows.place], [utf8.owner, utf8.place]);
  assert.deepEqual(utf8.place, hashText('Rœ'));
});

test('a row without a structure has no place, whether the field is empty or absent', () => {
  const short = row().split('|').slice(0, 18).join('|');
  for (const line of [row(), short]) assert.equal(judge(line).place, undefined);
  const before = createLineJudge(parseExtractHeader(extractHeader), true);
  const [placed, placeless] = [Buffer.from(row({ technicalId: 'R1' })), Buffer.from(short)];
  before(placed, 0, placed.length);
  assert.equal(before(placeless, 0, placeless.length).place, undefined, 'the line before is remembered');
});

test('a national identifier that is not written is made of type and number', () => {
  assert.deepEqual(judge(row({ idNatPs: '' })).owner, hashText(`8${nurse}`));
  const adeli = row({ identifierType: '0', identifier: '016000010', idNatPs: '' });
  assert.deepEqual(judge(adeli).owner, hashText('0016000010'));
});

test('each fault of a line has its verdict', () => {
  const fields = row().split('|');
  const verdicts: [string | Buffer, string][] = [
    ['', 'blank'],
    [' \t ', 'blank'],
    [row(), 'row'],
    [`${row()}|`, 'row'],
    [`${row()}|x`, 'long_line'],
    [`${row()}||`, 'long_line'],
    [fields.slice(0, 18).join('|'), 'row'],
    [fields.slice(0, 17).join('|'), 'torn_line'],
    ['RESIDENCE LES PINS"|12||R|Rue', 'torn_line'],
    [row({ identifierType: '7' }), 'torn_line'],
    [row({ identifier: '' }), 'bad_identifier'],
    [row({ identifier: '9970000001' }), 'bad_identifier'],
    [row({ identifier: '9970000001O' }), 'bad_identifier'],
    [row({ identifier: '99700000014' }), 'bad_check_digit'],
    [row({ identifierType: '0', identifier: '016000011' }), 'bad_check_digit'],
    [row({ identifierType: '0', identifier: '2A6000012' }), 'row'],
    [row({ identifierType: '0', identifier: '16000010' }), 'bad_identifier'],
    [row({ familyName: 'A\0B' }), 'bad_encoding'],
    [Buffer.from(row({ familyName: 'LÉGER' }), 'latin1'), 'row'],
    [Buffer.from(row({ familyName: '\x81' }), 'latin1'), 'bad_encoding'],
  ];
  for (const [line, expected] of verdicts) assert.equal(judge(line).verdict, expected, String(line));
});

test('a mailbox belongs to its person, else to its structure', () => {
  const header = Object.values(mailboxColumns).join('|');
  const ofPerson = judge(['PER', 'a@b.fr', '8', nurse, `8${nurse}`, '', '', '', 'O'].join('|'), { header });
  assert.deepEqual(ofPerson.owner, hashText(`8${nurse}`));
  const ofStructure = judge(['ORG', 'a@b.fr', '', '', '', '1', '750000001', '', 'O'].join('|'), { header });
  assert.deepEqual(ofStructure.owner, hashText('structure 1750000001'));
});
