import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createKindRegistry, type NumberedKinds } from './kind-registry.ts';
import { createLabels, type LabelEntry } from './labels.ts';
import { createPeopleReader, type ScannedLines } from './people-reader.ts';
import type { PersonRecord } from './read-people.ts';

/** Fewer people than this are read where they are written. */
const worthAThread = 20_000;
const batchSize = 500;
/** Batches that are read ahead of those being written. */
const ahead = 4;

/** Records live for one batch: a larger young generation would only be memory. */
const youngMiB = 8;

export interface PeopleJob {
  lines: ScannedLines;
  owners: Uint32Array;
  qualificationKinds: NumberedKinds;
  roleKinds: NumberedKinds;
}

/** What reading people leaves beside them: code tuples and labels that were not known. */
export interface PeopleRest {
  qualificationKinds: NumberedKinds;
  roleKinds: NumberedKinds;
  labels: LabelEntry[];
}

export interface PeopleSource {
  batches: AsyncIterable<PersonRecord[]> | Iterable<PersonRecord[]>;
  /** Once the batches have ended. */
  rest(): PeopleRest;
}

/** Reads the people of a scan: beside the thread that writes them where they are many. */
export function readPeople(job: PeopleJob, fewestForThread = worthAThread): PeopleSource {
  return job.owners.length < fewestForThread ? readInPlace(job) : readInThread(job);
}

export function readInPlace({ lines, owners, qualificationKinds, roleKinds }: PeopleJob): PeopleSource {
  const kinds = {
    qualifications: createKindRegistry(qualificationKinds),
    roles: createKindRegistry(roleKinds),
  };
  const labels = createLabels();
  const read = createPeopleReader(lines, { kinds, labels });
  return {
    batches: (function* () {
      for (let at = 0; at < owners.length; at += batchSize)
        yield Array.from(owners.subarray(at, at + batchSize), read);
    })(),
    rest: () => ({
      qualificationKinds: kinds.qualifications.added(),
      roleKinds: kinds.roles.added(),
      labels: labels.entries(),
    }),
  };
}

export type ThreadAnswer = { batch: PersonRecord[] } | { rest: PeopleRest };

function readInThread(job: PeopleJob): PeopleSource {
  const worker = new Worker(new URL('./people-thread.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxYoungGenerationSizeMb: youngMiB },
  });
  const answers = on(worker, 'message') as AsyncIterable<[ThreadAnswer]>;
  let rest: PeopleRest | undefined;
  for (let batch = 0; batch < ahead; batch++) worker.postMessage('next');
  return {
    batches: (async function* () {
      try {
        for await (const [answer] of answers) {
          if ('rest' in answer) rest = answer.rest;
          if (!('batch' in answer)) return;
          yield answer.batch;
          worker.postMessage('next');
        }
      } finally {
        await worker.terminate();
      }
    })(),
    rest() {
      if (!rest) throw new Error('people are still being read');
      return rest;
    },
  };
}
