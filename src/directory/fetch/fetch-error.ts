import { ExtractError } from '../extract/extract-error.ts';

/** A failure that a later try may not meet; `afterMs` where the server says when. */
export class PassingFailure extends Error {
  override name = 'PassingFailure';
  readonly afterMs: number;

  constructor(message: string, afterMs = 0) {
    super(message);
    this.afterMs = afterMs;
  }
}

/** What is said to people names the host alone: an address may hold a key. */
export const refuseFetch = ({ host }: URL, reason: string): ExtractError =>
  new ExtractError(`${host}: ${reason}`);
