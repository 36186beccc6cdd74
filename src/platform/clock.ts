/** The time source of everything that is stored and judged by a date. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** How far `now()` is ahead of real time, in milliseconds; 0 outside a sandbox. */
  readonly aheadMs: number;
}

export const systemClock: Clock = { now: () => Date.now(), aheadMs: 0 };

/** A clock that can be advanced: the sandbox ages its rows with it. */
export class VirtualClock implements Clock {
  #aheadMs: number;

  constructor(aheadMs = 0) {
    this.#aheadMs = aheadMs;
  }

  get aheadMs(): number {
    return this.#aheadMs;
  }

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  setAhead(aheadMs: number): void {
    this.#aheadMs = aheadMs;
  }
}
