import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { personas } from '../personas.ts';
import type { HolderDirectory } from './card-holder.ts';
import { cardIssueCommand } from './card-issue-command.ts';

const known: HolderDirectory = {
  findPractitioner: async ({ value }) =>
    value === '99700000021'
      ? {
          practitioner: {
            givenName: 'Paul',
            familyName: 'MARTIN',
            qualifications: [{ profession: '10', professionLabel: 'Médecin' }],
          },
        }
      : undefined,
};

async function openCommand(t: TestContext) {
  const directory = await mkdtemp(join(tmpdir(), 'hygie-issue-'));
  t.after(() => rm(directory, { recursive: true }));
  const out = join(directory, 'out');
  const run = async (...args: string[]) => {
    let [stdout, stderr] = ['', ''];
    const code = await cardIssueCommand(args, {
      dataDir: join(directory, 'data'),
      openDirectory: async () => Object.assign({ ...known }, { [Symbol.asyncDispose]: async () => {} }),
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
    });
    return { code, stdout, stderr };
  };
  const subject = async () => {
    const { subject: found } = new X509Certificate(await readFile(join(out, 'card.pem'))).toLegacyObject();
    return { ...found };
  };
  return { directory, out, run, subject };
}

test('a card for a number that the directory knows bears its names', async (t) => {
  const { out, run, subject } = await openCommand(t);
  assert.equal((await run('--national-id', '899700000021', '--out', out)).code, 0);
  assert.deepEqual((await readdir(out)).sort(), ['card.key', 'card.p12', 'card.pem']);
  assert.deepEqual(await subject(), {
    C: 'FR',
    title: 'Médecin',
    GN: 'Paul',
    SN: 'MARTIN',
    CN: '899700000021',
  });
});

test('a card for the number of a persona bears the persona’s names', async (t) => {
  const { out, run, subject } = await openCommand(t);
  const { adeli, familyName } = personas.find(({ slug }) => slug === 'infirmiere-adeli') ?? {};
  assert.equal((await run('--national-id', `0${adeli}`, '--out', out)).code, 0);
  assert.equal((await subject()).SN, familyName);
});

test('numbers that nobody knows get a card too', async (t) => {
  const { out, run, subject } = await openCommand(t);
  for (const id of ['899700000013', '00B6077602', '3999999999/12', '599999999999999/A1']) {
    assert.equal((await run('--national-id', id, '--out', out)).code, 0, id);
    assert.equal((await subject()).CN, id);
  }
});

test('with --json one object tells what was issued', async (t) => {
  const { out, run } = await openCommand(t);
  const { stdout } = await run(
    ...['--national-id', '899700000013', '--out', out, '--usage', 'signature', '--json'],
    ...['--not-before', '2020-01-01', '--not-after', '2020-12-31'],
  );
  const { serialNumber, ...told } = JSON.parse(stdout);
  assert.match(serialNumber, /^[0-9A-F]{32}$/);
  assert.deepEqual(told, {
    nationalId: '899700000013',
    usage: 'signature',
    notBefore: '2020-01-01T00:00:00.000Z',
    notAfter: '2020-12-31T23:59:59.000Z',
    files: { p12: join(out, 'card.p12'), pem: join(out, 'card.pem'), key: join(out, 'card.key') },
  });
});

const refused: [string, string[], RegExp][] = [
  ['without a number', ['--out', 'x'], /--national-id is needed/],
  ['without a directory', ['--national-id', '899700000013'], /--out is needed/],
  ['with a wrong check digit (RPPS)', ['--national-id', '899700000014', '--out', 'x'], /wrong check digit/],
  ['with a wrong check digit (ADELI)', ['--national-id', '0991234560', '--out', 'x'], /wrong check digit/],
  ['without the prefix', ['--national-id', '99700000013', '--out', 'x'], /prefix/],
  ['with a wrong PIN', ['--national-id', '899700000013', '--out', 'x', '--pin', '12345'], /--pin/],
  ['with no date', ['--national-id', '899700000013', '--out', 'x', '--not-after', 'soon'], /--not-after/],
  [
    'ending before it begins',
    [
      '--national-id',
      '899700000013',
      '--out',
      'x',
      '--not-before',
      '2030-01-02',
      '--not-after',
      '2030-01-01',
    ],
    /later/,
  ],
  ['for another usage', ['--national-id', '899700000013', '--out', 'x', '--usage', 'all'], /--usage/],
  ['on a token', ['--national-id', '899700000013', '--out', 'x', '--pkcs11'], /--pkcs11/],
];

for (const [what, args, message] of refused) {
  test(`a card ${what} is refused with one sentence`, async (t) => {
    const { code, stdout, stderr } = await (await openCommand(t)).run(...args);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, message);
    assert.equal(stderr.trim().split('\n').length, 1);
    assert.doesNotMatch(stderr, /99700000013/);
  });
}

test('a place that cannot be written to is refused with one sentence', async (t) => {
  const { directory, run } = await openCommand(t);
  await writeFile(join(directory, 'file'), '');
  const { code, stderr } = await run('--national-id', '899700000013', '--out', join(directory, 'file'));
  assert.equal(code, 2);
  assert.match(stderr, /--out cannot be written to/);
});

test('--help says what the options are', async (t) => {
  const { code, stdout } = await (await openCommand(t)).run('--help');
  assert.equal(code, 0);
  for (const option of ['--national-id', '--pin', '--not-before', '--not-after', '--usage', '--out']) {
    assert.ok(stdout.includes(option), option);
  }
});
