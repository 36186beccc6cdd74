import type { GenerationBuilder } from '../generation/generation-storage.ts';

/** Gathers the labels of codes in memory (some thousands in a national extract) and loads each once. */
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
    load(builder: GenerationBuilder): void {
      for (const [terminology, known] of labels) {
        for (const [code, label] of known) builder.put('label', [terminology, code, label]);
      }
    },
  };
}

export type Labels = ReturnType<typeof createLabels>;
