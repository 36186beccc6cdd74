import { parentPort, workerData } from 'node:worker_threads';
import { type PeopleJob, readInPlace, type ThreadAnswer } from './people-source.ts';
import type { PersonRecord } from './read-people.ts';
import { createTidying } from './tidy-records.ts';

/** A thread that reads people: one batch for each message, then what is left. */
const { batches, rest } = readInPlace(workerData as PeopleJob);
const iterator = (batches as Iterable<PersonRecord[]>)[Symbol.iterator]();
const tidy = createTidying('loading');

parentPort?.on('message', () => {
  const { value, done } = iterator.next();
  const answer: ThreadAnswer = done ? { rest: rest() } : { batch: value };
  parentPort?.postMessage(answer);
  if (!done) tidy(value.length);
});
