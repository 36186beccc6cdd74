import { makePerson } from './generate-person.ts';
import { createQuirkSheet, type ExpectedImport } from './quirk-sheet.ts';
import { longestQuirk, quirks } from './quirks.ts';
import { createRandom } from './random.ts';

/** Of the people beyond those who have each quirk once. */
const quirkyPart = 0.1;

export interface QuirkyExtract {
  /** The bytes of the file, and how many rows they are; to be read to their end once. */
  chunks: Iterable<{ rows: number; text: Buffer }>;
  /** Complete when the chunks are read. `name`: that of the file. */
  expected(name: string): ExpectedImport;
}

/**
 * A Personne_activite extract with every quirk of real files, each
 * at least once from a hundred rows on, and what a first import of it must report.
 */
export function generateQuirks({ rows, seed }: { rows: number; seed: string }): QuirkyExtract {
  const random = createRandom(`${seed}/quirks`);
  const sheet = createQuirkSheet(random);
  const all = Object.values(quirks);

  function writePerson(index: number): void {
    const records = makePerson({ seed, prefix: '100', index, rows });
    const quirk = all[index] ?? (random.chance(quirkyPart) ? random.pick(all) : undefined);
    const left = rows - sheet.rows();
    const [record = {}] = records;
    if (quirk && left >= longestQuirk) quirk(sheet, { record, index, random });
    else for (const record of records.slice(0, left)) sheet.accept(record);
  }

  return {
    chunks: (function* () {
      for (let index = 0; sheet.rows() < rows; index++) {
        const before = sheet.rows();
        writePerson(index);
        yield { rows: sheet.rows() - before, text: sheet.take() };
      }
    })(),
    expected: sheet.expected,
  };
}
