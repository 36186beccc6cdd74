import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { VirtualClock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { FinalFailure, type JobHandlers } from '#platform/jobs/job-handler.ts';
import { type JobTables, jobMigrations } from '#platform/jobs/job-migrations.ts';
import { createJobQueue, type JobQueue } from '#platform/jobs/job-queue.ts';
import { startJobs } from '#platform/jobs/start-jobs.ts';
import { createLogger } from '#platform/logger.ts';
import { forEachEngine, openTestDatabase } from '../support/databases.ts';

const minute = 60_000;
const secret = Buffer.alloc(32, 7);

interface Work {
  database: Database;
  clock: VirtualClock;
  queue: JobQueue;
  /** Lines of the log so far. */
  log: string[];
  run(handlers: JobHandlers, queue?: JobQueue, options?: { leaseMs: number }): AsyncDisposable;
}

async function openWork(t: TestContext, engine: Database['engine']): Promise<Work> {
  const database = await openTestDatabase(t, engine, [
    ...jobMigrations,
    {
      name: 'test-001-done',
      up: (db) => db.schema.createTable('done').addColumn('what', 'text').execute(),
    },
  ]);
  const clock = new VirtualClock();
  const log: string[] = [];
  const stream = new PassThrough().on('data', (line: Buffer) => void log.push(line.toString()));
  const logger = createLogger('info', stream);
  const queue = createJobQueue({ database, clock, secret });
  const run: Work['run'] = (handlers, chosen = queue, options = { leaseMs: minute }) =>
    startJobs({ database, clock, logger, queue: chosen, handlers, pollMs: 20, ...options });
  return { database, clock, queue, log, run };
}

interface Done {
  done: { what: string };
}

const enqueue = ({ database, queue }: Work, payload: unknown, options?: { runAt?: number }) =>
  database.write((unit) => queue.enqueue(unit, 'test.work', payload, options));

async function rowsOf({ database }: Work) {
  return database.as<JobTables>().selectFrom('job').selectAll().execute();
}

/** Handlers that tell the payload of each job of the kind. */
const tell = (heard: (payload: unknown) => void, kind = 'test.work'): JobHandlers => ({
  [kind]: {
    async run(payload) {
      heard(payload);
      return undefined;
    },
  },
});

/** Waits for what no event tells: another connection's commit. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}

forEachEngine((engine) => {
  test('a job runs at once after its commit, with its payload, and leaves no row', async (t) => {
    const work = await openWork(t, engine);
    const { promise: ran, resolve } = Promise.withResolvers<unknown>();
    await using _ = work.run(tell(resolve));
    await enqueue(work, { to: 'claire', digits: [1, 2] });
    assert.deepEqual(await ran, { to: 'claire', digits: [1, 2] });
    await until(async () => (await rowsOf(work)).length === 0);
  });

  test('a job of a unit that is rolled back never runs', async (t) => {
    const work = await openWork(t, engine);
    const seen: unknown[] = [];
    await using _ = work.run(tell((payload) => seen.push(payload)));
    const failing = work.database.write(async (unit) => {
      await work.queue.enqueue(unit, 'test.work', 'never');
      throw new Error('no');
    });
    await assert.rejects(failing, /no/);
    await enqueue(work, 'after');
    await until(async () => seen.length > 0);
    assert.deepEqual(seen, ['after']);
  });

  test('many processes claim the same jobs and each is done once', async (t) => {
    const work = await openWork(t, engine);
    const { queue, database } = work;
    await database.write(async (unit) => {
      for (let job = 0; job < 20; job++) await queue.enqueue(unit, 'test.work', job);
    });
    const claims = await Promise.all(
      Array.from({ length: 60 }, () =>
        database.write((unit) => queue.store.claim(unit, ['test.work'], minute)),
      ),
    );
    const payloads = claims.flatMap((job) => (job ? [Number(queue.store.payloadOf(job))] : []));
    while (true) {
      const left = await database.write((unit) => queue.store.claim(unit, ['test.work'], minute));
      if (!left) break;
      payloads.push(Number(queue.store.payloadOf(left)));
    }
    assert.deepEqual(
      payloads.sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, job) => job),
    );
  });

  test('one job claimed by many has one holder', async (t) => {
    const work = await openWork(t, engine);
    await enqueue(work, 'one');
    const claims = await Promise.all(
      Array.from({ length: 30 }, () =>
        work.database.write((unit) => work.queue.store.claim(unit, ['test.work'], minute)),
      ),
    );
    assert.equal(claims.filter(Boolean).length, 1);
  });

  test('what a job writes is committed with its end: once, though a process lost its lease', async (t) => {
    const work = await openWork(t, engine);
    const { database, queue, clock } = work;
    await enqueue(work, 'one');
    const slow = await database.write((unit) => queue.store.claim(unit, ['test.work'], 0));
    await using _ = work.run({
      'test.work': {
        run: async (payload) => async (unit) => {
          await unit
            .as<Done>()
            .insertInto('done')
            .values({ what: String(payload) })
            .execute();
        },
      },
    });
    const done = async () =>
      (await database.as<Done>().selectFrom('done').select('what').execute()).map((row) => row.what);
    await until(async () => (await done()).length > 0);
    assert.equal(slow && (await database.write((unit) => queue.store.finish(unit, slow))), false);
    if (slow) await database.write((unit) => queue.store.retry(unit, slow, 'late', clock.now()));
    assert.deepEqual(await done(), ['one']);
    assert.deepEqual(await rowsOf(work), []);
  });

  test('a failed job is tried again later, and its last failure is kept meanwhile', async (t) => {
    const work = await openWork(t, engine);
    const attempts: number[] = [];
    const ids = new Set<string>();
    await using _ = work.run({
      'test.work': {
        async run(_payload, { attempt, id }) {
          attempts.push(attempt);
          ids.add(id);
          if (attempt < 3) throw Object.assign(new Error('claire.fontaine@example.fr'), { code: 'EDOWN' });
          return undefined;
        },
      },
    });
    await enqueue(work, 'again');
    for (const attempt of [1, 2]) {
      await until(async () => (await rowsOf(work)).some((row) => row.attempts === attempt && !row.lease));
      const [row] = await rowsOf(work);
      assert.equal(row?.last_failure, 'Error EDOWN');
      work.clock.setAhead(work.clock.aheadMs + minute);
      work.queue.wake();
    }
    await until(async () => (await rowsOf(work)).length === 0);
    assert.deepEqual(attempts, [1, 2, 3]);
    assert.equal(ids.size, 1);
    assert.doesNotMatch(work.log.join(''), /claire/);
  });

  test('a final failure is kept without its payload, told, and forgotten after a month', async (t) => {
    const work = await openWork(t, engine);
    await using _ = work.run({
      'test.work': {
        run: async () => {
          throw new FinalFailure('SMTP: RCPT 550');
        },
      },
    });
    await enqueue(work, { token: 'secret' });
    await until(async () => (await work.queue.failed()).length === 1);
    const [failed] = await work.queue.failed();
    assert.partialDeepStrictEqual(failed, { kind: 'test.work', attempts: 1, failure: 'SMTP: RCPT 550' });
    assert.equal((await rowsOf(work))[0]?.payload, null);
    assert.match(work.log.join(''), /SMTP: RCPT 550/);
    await work.queue.sweep();
    assert.equal((await work.queue.failed()).length, 1);
    work.clock.setAhead(31 * 24 * 60 * minute);
    await work.queue.sweep();
    assert.deepEqual(await rowsOf(work), []);
  });

  test('a job waits for its time, by the clock', async (t) => {
    const work = await openWork(t, engine);
    const { promise: ran, resolve } = Promise.withResolvers<unknown>();
    await using _ = work.run(tell(resolve));
    await enqueue(work, 'later', { runAt: work.clock.now() + 10 * minute });
    assert.equal(await work.queue.store.hasDue(['test.work']), false);
    work.clock.setAhead(10 * minute);
    assert.equal(await ran, 'later');
  });

  test('jobs that a process added while none was running are found by the next one', async (t) => {
    const work = await openWork(t, engine);
    await enqueue(work, 'left');
    const other = createJobQueue({ database: work.database, clock: work.clock, secret });
    const { promise: ran, resolve } = Promise.withResolvers<unknown>();
    await using _ = work.run(tell(resolve), other);
    assert.equal(await ran, 'left');
  });

  test('a job of a process that died is free when its lease has run out in real time', async (t) => {
    const work = await openWork(t, engine);
    const claim = (leaseMs: number) =>
      work.database.write((unit) => work.queue.store.claim(unit, ['test.work'], leaseMs));
    await enqueue(work, 'held');
    await claim(minute);
    work.clock.setAhead(24 * 60 * minute);
    assert.equal(await claim(minute), undefined);
    await enqueue(work, 'dropped');
    await claim(0);
    const again = await claim(minute);
    assert.equal(again?.attempt, 2);
    assert.equal(again && work.queue.store.payloadOf(again), 'dropped');
  });

  test('what a process holds stays its own for as long as it lives', async (t) => {
    const work = await openWork(t, engine);
    const ends = async () => (await rowsOf(work)).map((row) => row.leased_until);
    const heard: unknown[] = [];
    const slow: JobHandlers = {
      'test.work': {
        async run(payload) {
          heard.push(payload);
          const seen = new Set(await ends());
          await until(async () => seen.add((await ends())[0] ?? null).size > 4);
          return undefined;
        },
      },
    };
    const options = { leaseMs: 900 };
    await using _first = work.run(slow, work.queue, options);
    await using _second = work.run(slow, work.queue, options);
    await enqueue(work, 'slow');
    await until(async () => (await rowsOf(work)).length === 0);
    assert.deepEqual(heard, ['slow']);
  });

  test('jobs of kinds that this process does not know wait for one that does', async (t) => {
    const work = await openWork(t, engine);
    await work.database.write((unit) => work.queue.enqueue(unit, 'other.work', 'theirs'));
    await enqueue(work, 'ours');
    const seen: unknown[] = [];
    {
      await using _ = work.run(tell((payload) => seen.push(payload)));
      await until(async () => seen.length > 0);
    }
    assert.deepEqual(seen, ['ours']);
    assert.equal((await rowsOf(work)).length, 1);
  });

  test('one kind that is stuck does not hold up another, and stopping waits for what runs', async (t) => {
    const work = await openWork(t, engine);
    const release = new EventTarget();
    const ended: string[] = [];
    const { promise: ran, resolve } = Promise.withResolvers<unknown>();
    const runner = work.run({
      'test.work': {
        concurrency: 2,
        async run() {
          await once(release, 'now');
          ended.push('stuck');
          return undefined;
        },
      },
      ...tell(resolve, 'other.work'),
    });
    for (const name of ['one', 'two', 'three']) await enqueue(work, name);
    await work.database.write((unit) => work.queue.enqueue(unit, 'other.work', 'quick'));
    await ran;
    const stopped = runner[Symbol.asyncDispose]();
    release.dispatchEvent(new Event('now'));
    await stopped;
    assert.deepEqual(ended, ['stuck', 'stuck']);
    const [left, ...others] = await rowsOf(work);
    assert.equal(left?.attempts, 0);
    assert.deepEqual(others, []);
  });

  test('a payload is sealed while it waits, and a server with another secret gives it up', async (t) => {
    const work = await openWork(t, engine);
    await enqueue(work, { token: 'mYtOkEn' });
    assert.doesNotMatch(JSON.stringify(await rowsOf(work)), /mYtOkEn/);
    const { database, clock } = work;
    const other = createJobQueue({ database, clock, secret: Buffer.alloc(32, 8) });
    await using _ = work.run(
      tell(() => assert.fail()),
      other,
    );
    await until(async () => (await other.failed()).length === 1);
    assert.match((await other.failed())[0]?.failure ?? '', /cannot be opened/);
  });
});
