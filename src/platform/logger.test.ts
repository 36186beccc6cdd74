import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { defineErrors } from './errors.ts';
import { createLogger, type LogFields, withLogFields } from './logger.ts';

const secret = 'k7rqSecret9981';

function write(fields: LogFields): Record<string, unknown> {
  const lines: string[] = [];
  createLogger('trace', { write: (line) => void lines.push(line) }).error(fields, 'said');
  assert.doesNotMatch(lines.join(), new RegExp(secret));
  return JSON.parse(lines[0] ?? '');
}

/** What a library or the runtime throws at what it was given. */
const thrown: Record<string, () => unknown> = {
  'a parser that quotes': () => JSON.parse(`{"password": ${secret}`),
  'an address that is none': () => new URL(secret),
  'a message of several lines, one like a place': () => {
    throw new Error(`no such person\n    at ${secret} (file:///x.ts:1:1)\n${secret}`);
  },
  'a name and a code that are values': () => {
    throw Object.assign(new Error('x'), { name: `Error ${secret}`, code: `found ${secret}`, detail: secret });
  },
  'a cause': () => {
    throw new Error('x', { cause: new Error(secret) });
  },
  'no error at all': () => {
    throw secret;
  },
};

for (const [sentence, act] of Object.entries(thrown)) {
  test(`of what was thrown the log has kind, code and places: ${sentence}`, () => {
    const caught = (() => {
      try {
        return act();
      } catch (error) {
        return error;
      }
    })();
    const { err } = write({ err: caught });
    assert.deepEqual(
      Object.keys(err as object).filter((key) => !['name', 'code', 'at', 'cause'].includes(key)),
      [],
    );
    if (caught instanceof Error)
      assert.match(String((err as { at: string[] }).at), /logger\.test\.ts:\d+:\d+/);
  });
}

test('an object is not logged, whatever it holds', () => {
  const headers = new Headers({ cookie: secret });
  const line = write({
    status: 401,
    route: '/x',
    body: { secret },
    headers,
    list: [secret],
    bytes: Buffer.from(secret),
  });
  const { status, route, level, msg } = line;
  assert.deepEqual([status, route, level, msg], [401, '/x', 50, 'said']);
  assert.deepEqual(Object.keys(line).sort(), ['level', 'msg', 'route', 'status', 'time']);
});

test('a refusal of ours keeps its sentence, which names no value', () => {
  const errors = defineErrors({ 'note.unknown': { status: 404, support: 'There is no such note.' } });
  const { err } = write({ err: errors('note.unknown', 'note') });
  const { name, code, message } = err as Record<string, unknown>;
  assert.deepEqual([name, code, message], ['AppError', 'note.unknown', 'There is no such note.']);
});

test('lines within a request begin with its name, others do not', async () => {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  await withLogFields({ requestId: 'r1' }, async () => {
    await new Promise(setImmediate);
    logger.info({ event: 'a.b' }, 'event');
  });
  logger.info({}, 'outside');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).requestId),
    ['r1', undefined],
  );
});

test('a process that nobody saves says why it ends, and not what it held', async () => {
  const program = `import { logLastWords } from '#platform/last-words.ts';
    logLastWords('error');
    Promise.reject(Object.assign(new Error('${secret}'), { detail: '${secret}' }));`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program]);
  const said = Promise.all([child.stdout, child.stderr].map((stream) => text(stream)));
  const [code] = await once(child, 'exit');
  const [out = '', err = ''] = await said;
  assert.equal(code, 1);
  assert.doesNotMatch(out + err, new RegExp(secret));
  assert.equal(JSON.parse(out).msg, 'the process ends');
});
