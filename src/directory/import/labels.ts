import type { GenerationDraft } from '../generation/generation-storage.ts';
import { joinValues } from '../tuples.ts';

export type LabelEntry = [terminology: string, code: string, label: string];

/** Gathers the labels of codes in memory: some thousands in a national extract. The last one read wins. */
export function createLabels() {
  const labels = new Map<string, Map<string, string>>();

  function add(terminology: string, code: string, label: string): void {
    if (code === '' || label === '') return;
    const known = labels.get(terminology) ?? new Map<string, string>();
    labels.set(terminology, known);
    if (known.get(code) !== label) known.set(code, label);
  }

  return {
    add,
    /** A code of an expertise or a diploma means something only with its type. */
    addTyped(terminology: string, type: string, code: string, label: string): void {
      if (code !== '') add(terminology, `${type}|${code}`, label);
    },
    entries: (): LabelEntry[] =>
      [...labels].flatMap(([terminology, codes]) =>
        [...codes].map(([code, label]): LabelEntry => [terminology, code, label]),
      ),
    /** Writes those that differ from what the draft has. False where none does. */
    async apply(draft: GenerationDraft): Promise<boolean> {
      const rows = await draft.all<{ terminology: string; code: string; label: string }>('label');
      const known = new Set(
        rows.map(({ terminology, code, label }) => joinValues([terminology, code, label])),
      );
      const fresh = this.entries().filter((row) => !known.has(joinValues(row)));
      await draft.replace('label', fresh);
      return fresh.length > 0;
    },
  };
}

export type Labels = ReturnType<typeof createLabels>;
