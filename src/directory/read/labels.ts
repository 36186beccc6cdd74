import type { Kysely } from 'kysely';
import type { GenerationTables } from '../generation/tables.ts';

/** The label of a code, null where the extracts gave none. */
export type LabelOf = (terminology: string, code: string | null) => string | null;

export interface Labels {
  labelOf: LabelOf;
  /** Every code of a terminology that has a label. */
  listLabels(terminology: string): { code: string; label: string }[];
}

/** Reads all labels of a generation at once: some thousands, and they never change. */
export async function loadLabels(db: Kysely<GenerationTables>): Promise<Labels> {
  const rows = await db.selectFrom('label').select(['terminology', 'code', 'label']).execute();
  const labels = new Map(rows.map(({ terminology, code, label }) => [`${terminology}|${code}`, label]));
  return {
    labelOf: (terminology, code) => (code === null ? null : (labels.get(`${terminology}|${code}`) ?? null)),
    listLabels: (wanted) =>
      rows.filter(({ terminology }) => terminology === wanted).map(({ code, label }) => ({ code, label })),
  };
}
