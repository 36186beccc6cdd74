import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractHeader, formatExtractDate, formatExtractRow, generateExtract } from '#directory';
import { formatIdNatPs } from '#national-id';
import { personas } from '../personas.ts';
import { namesake, personaRows } from './persona-rows.ts';

/** Enough for a search to have something to choose from. */
const generatedRows = 20_000;
const generatorSeed = 1;
const dayMs = 86_400_000;
/** The publisher's hour, more or less. */
const publishedAtMs = 3 * 3_600_000;

export interface DatedExtract {
  file: string;
  /** Instant, milliseconds. */
  at: number;
}

/** Writes yesterday's and today's extract; in the order in which they are to be imported. */
export async function writeExtracts(
  directory: string,
  now: number,
  rows = generatedRows,
): Promise<DatedExtract[]> {
  await mkdir(directory, { recursive: true });
  const people = personaRows();
  const exclude = [...personas.flatMap(({ rpps }) => rpps ?? []), namesake.rpps];
  const generated = [...generateExtract({ rows, seed: generatorSeed, exclude })];
  const today = Math.floor((now - publishedAtMs) / dayMs) * dayMs + publishedAtMs;
  return [
    await writeExtract(directory, today - dayMs, generated, people.yesterday.map(formatExtractRow)),
    await writeExtract(directory, today, generated, people.today.map(formatExtractRow)),
  ];
}

async function writeExtract(
  directory: string,
  at: number,
  generated: readonly string[],
  people: readonly string[],
): Promise<DatedExtract> {
  const file = join(directory, `PS_LibreAcces_Personne_activite_${formatExtractDate(at)}.txt`);
  const lines = [extractHeader, ...scatter(people, generated)];
  await writeFile(file, lines.map((line) => `${line}\n`).join(''));
  return { file, at };
}

/** Puts the few among the many at even distances: nobody is found by being first or last. */
function* scatter(few: readonly string[], many: readonly string[]): Iterable<string> {
  const distance = Math.ceil(many.length / (few.length + 1));
  let next = 0;
  for (const [index, line] of many.entries()) {
    yield line;
    if ((index + 1) % distance === 0) yield* few.slice(next, ++next);
  }
  yield* few.slice(next);
}

/** The correspondence from ADELI to RPPS, with the one wrong line of `infirmiere-homonyme`. */
export async function writeLinks(directory: string): Promise<string> {
  const lines = personas.flatMap(({ slug, adeli, rpps }) => {
    const linked = slug === 'infirmiere-homonyme' ? namesake.rpps : rpps;
    return adeli && linked ? [`${adeli};${linked}`] : [];
  });
  return writeCsv(directory, 'correspondance-adeli-rpps.csv', ['N° ADELI;N° RPPS', ...lines]);
}

export async function writeContacts(directory: string): Promise<string> {
  const lines = personas.flatMap(({ rpps, nationalId, email, phone }) =>
    email && phone ? [`${rpps ?? formatIdNatPs(nationalId)};${email};${phone}`] : [],
  );
  const header = 'Identifiant PP;Adresse e-mail;Téléphone mobile';
  return writeCsv(directory, 'coordonnees.csv', [header, ...lines]);
}

async function writeCsv(directory: string, name: string, lines: readonly string[]): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, name);
  await writeFile(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}
