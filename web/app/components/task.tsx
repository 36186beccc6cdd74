import { useState } from 'preact/hooks';
import { describeProblem } from '../describe-problem.ts';
import { Notice } from './notice.tsx';

export interface Task {
  busy: boolean;
  /** What went wrong the last time. */
  error: unknown;
  /** One at a time; a second press while it runs does nothing. */
  run(work: () => Promise<unknown>): void;
  fail(error: unknown): void;
}

/** An act that takes a moment and may fail. */
export function useTask(): Task {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  async function perform(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, fail: setError, run: (work) => void (busy || perform(work)) };
}

/** The sentence for an act that failed, announced as it appears. */
export function Problem({ error, now }: { error: unknown; now: number }) {
  if (error === undefined) return null;
  return (
    <Notice kind="danger" alert>
      {describeProblem(error, now)}
    </Notice>
  );
}
