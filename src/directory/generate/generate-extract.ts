import { formatExtractRow } from '../extract/format-extract.ts';
import { makePerson, makeRpps } from './generate-person.ts';

export interface GenerateOptions {
  rows: number;
  seed: number | string;
  /** RPPS numbers that must not be given away. Numbers begin with `100`, so test ranges are safe anyway. */
  exclude?: readonly string[];
}

/**
 * Rows of an invented Personne_activite extract, without header and line ends: the same options, the same rows.
 * Names and numbers are invented; communes are real.
 */
export function* generateExtract({ rows, seed, exclude = [] }: GenerateOptions): Generator<string> {
  const reserved = new Set(exclude);
  let left = rows;
  for (let index = 0; left > 0; index++) {
    const plan = { seed: String(seed), prefix: '100', index, rows };
    if (reserved.has(makeRpps(plan))) continue;
    for (const record of makePerson(plan).slice(0, left)) {
      left--;
      yield formatExtractRow(record);
    }
  }
}
