import type { Compilable, CompiledQuery, Kysely } from 'kysely';

/** A unit's queries, or those of the committed state, whatever their tables. */
type Queries = Pick<Kysely<unknown>, 'executeQuery'>;

/** Runs the query on `db`, a unit's or the committed state's, with these values in place of the sample's. */
export type PreparedQuery<Row> = (db: Queries, ...values: readonly unknown[]) => Promise<Row[]>;

/**
 * Makes the text of a hot query once: composing it costs more than running it. The sample's values are placeholders;
 * each run gives its own, in the order in which the text names them. A constant belongs into the text (`sql.lit`).
 */
export function prepare<Row>(sample: Compilable<Row>): PreparedQuery<Row> {
  const compiled: CompiledQuery<Row> = sample.compile();
  return async (db, ...parameters) => {
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters });
    return rows;
  };
}

/** The same for a query by a list (`in`), with a text for each length of it; it names the list first. */
export function prepareList<Row, Value = string>(
  sample: (values: readonly Value[]) => Compilable<Row>,
): (db: Queries, values: readonly Value[], ...more: readonly unknown[]) => Promise<Row[]> {
  const byLength = new Map<number, PreparedQuery<Row>>();
  return (db, values, ...more) => {
    const query = byLength.get(values.length) ?? prepare(sample(values));
    byLength.set(values.length, query);
    return query(db, ...values, ...more);
  };
}
