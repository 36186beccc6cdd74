import type { Context } from 'hono';

/** Says in how many seconds an answer is to be had again: RFC 9110 section 10.2.3. */
export function setRetryAfter(c: Context, retryAt: number, now: number): void {
  c.header('retry-after', String(Math.max(1, Math.ceil((retryAt - now) / 1000))));
}
