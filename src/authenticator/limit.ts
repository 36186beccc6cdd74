import type { Unit } from '#platform/database/database.ts';
import { DetailedRefusal } from './errors.ts';
import type { Parts } from './parts.ts';
import type { Limit } from './policy.ts';

/** Takes one of what `limit` allows; throws `request.too_many`, which tells from when there is one again. */
export async function take(
  { limiter }: Pick<Parts, 'limiter'>,
  unit: Unit,
  key: string,
  limit: Limit,
): Promise<void> {
  const refused = await limiter.take(unit, `authenticator ${key}`, limit);
  if (refused) throw new DetailedRefusal('request.too_many', refused);
}
