import type { Kysely } from 'kysely';
import type { Condition } from '../directory-store.ts';
import type { GenerationTables } from '../generation/tables.ts';

export type KindTable = 'qualification_kind' | 'diploma_kind' | 'role_kind';

/** The numbers of the tuples of codes that a condition on one of their columns is true of. */
export type FindKinds = (table: KindTable, column: string, condition: Condition<string>) => number[];

/** Reads all tuples of a generation at once: some hundreds, and they never change. */
export async function loadKinds(db: Kysely<GenerationTables>): Promise<FindKinds> {
  const kinds: Record<KindTable, readonly object[]> = {
    qualification_kind: await db.selectFrom('qualification_kind').selectAll().execute(),
    diploma_kind: await db.selectFrom('diploma_kind').selectAll().execute(),
    role_kind: await db.selectFrom('role_kind').selectAll().execute(),
  };
  return (table, column, condition) =>
    kinds[table].flatMap((kind) => {
      const { n, [column]: code } = kind as Record<string, unknown>;
      return matches(String(code ?? ''), condition) ? [Number(n)] : [];
    });
}

function matches(code: string, { match, values }: Condition<string>): boolean {
  if (match === 'present') return code !== '';
  if (match === 'equals') return values.includes(code);
  if (match === 'startsWith') return values.some((prefix) => code.startsWith(String(prefix)));
  throw new Error(`a code is not compared by ${match}`);
}
