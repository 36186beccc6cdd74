import { useEffect, useState } from 'preact/hooks';

const second = 1000;

/** Milliseconds until `instant` by the clock of `now`, counted down; 0 when it is over. */
export function useTimeLeft(instant: number | null | undefined, now: () => number): number {
  const [, setTick] = useState(0);
  const left = instant === null || instant === undefined ? 0 : Math.max(0, instant - now());
  useEffect(() => {
    if (left === 0) return;
    const timer = setInterval(() => setTick((tick) => tick + 1), second);
    return () => clearInterval(timer);
  }, [left === 0]);
  return left;
}
