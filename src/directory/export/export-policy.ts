import type { RateLimit } from '#platform/rate-limit/rate-limiter.ts';

const hourMs = 3_600_000;

/** How long the files of an export are kept after its end, and one that does not end is waited for. */
export const exportLifetimeMs = 24 * hourMs;

/** A file that breaks off is resumed; one of this size is soon read again where it cannot be. */
export const resourcesPerFile = 100_000;

/** Exports that wait for their turn; beyond, whoever asks is told to come again. */
export const mostWaiting = 20;
export const comeAgainMs = 10 * 60_000;

/** An address may be a whole region's. */
export const exportsByAddress: RateLimit = { most: 30, windowMs: hourMs };

/** After so many tries an export has failed. */
export const mostTries = 3;
export const tryLimitMs = hourMs;
