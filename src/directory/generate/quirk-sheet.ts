import { type ActivityRecord, activityColumns } from '../extract/columns.ts';
import { extractHeader } from '../extract/format-extract.ts';
import type { SkipReason } from '../extract/row-rules.ts';
import type { Random } from './random.ts';

/** What a first import of the file must report; members that depend on the machine are left out. */
export interface ExpectedImport {
  status: 'applied';
  files: [
    {
      name: string;
      kind: 'Personne_activite';
      rows: number;
      skipped: { line: number; reason: SkipReason }[];
      skippedCount: number;
    },
  ];
  practitioners: Created;
  roles: Created;
  organizations: Created;
  warnings: { line: number; reason: 'bad_check_digit' }[];
}

interface Created {
  created: number;
  changed: 0;
  removed: 0;
  unchanged: 0;
}

const forms = ['utf-8', 'utf-8 with byte order mark', 'latin-1', 'windows-1252'] as const;
type Form = (typeof forms)[number];

const roleKey = ['technicalId', 'profession', 'mode', 'sector', 'role', 'activityKind'] as const;
const columns = Object.keys(activityColumns) as (keyof typeof activityColumns)[];

/** Writes lines, and counts what each means by what its maker says that it is: no line is read. */
export function createQuirkSheet(random: Random) {
  const form = random.pick(forms);
  const practitioners = new Set<string>();
  const roles = new Set<string>();
  const organizations = new Set<string>();
  const skipped: { line: number; reason: SkipReason }[] = [];
  const warnings: ExpectedImport['warnings'] = [];
  let [line, rows] = [1, 0];
  const written: Buffer[] = [encodeHeader(form, random.chance(0.5))];

  function write(text: string | Buffer, lineEnd = '\n'): void {
    const bytes = typeof text === 'string' ? encode(form, text) : text;
    written.push(bytes, Buffer.from(lineEnd));
    line++;
  }

  return {
    form,
    rows: () => rows,
    /** The bytes since the last call. */
    take: (): Buffer => Buffer.concat(written.splice(0)),
    /** A line that tells of `record`; its text, where that is not the usual one. */
    accept(record: ActivityRecord, text: string | Buffer = formatRow(record), lineEnd?: string): void {
      write(text, lineEnd);
      rows++;
      const person = record.idNatPs || `${record.identifierType}${record.identifier}`;
      practitioners.add(person);
      roles.add(JSON.stringify([person, ...roleKey.map((column) => record[column] ?? '')]));
      if (record.technicalId) organizations.add(record.technicalId);
    },
    /** The line before is a row all the same. */
    warn(): void {
      warnings.push({ line, reason: 'bad_check_digit' });
    },
    skip(reason: SkipReason, text: string | Buffer, lineEnd?: string): void {
      write(text, lineEnd);
      rows++;
      skipped.push({ line, reason });
    },
    /** A line that is no row. */
    blank(text: string): void {
      write(text);
    },
    expected: (name: string): ExpectedImport => ({
      status: 'applied',
      files: [{ name, kind: 'Personne_activite', rows, skipped, skippedCount: skipped.length }],
      practitioners: created(practitioners),
      roles: created(roles),
      organizations: created(organizations),
      warnings,
    }),
  };
}

export type QuirkSheet = ReturnType<typeof createQuirkSheet>;

const created = ({ size }: Set<string>): Created => ({ created: size, changed: 0, removed: 0, unchanged: 0 });

/** The fields of a row, all 56. */
export const fieldsOf = (record: ActivityRecord): string[] => columns.map((column) => record[column] ?? '');

export const formatRow = (record: ActivityRecord): string => fieldsOf(record).join('|');

/** A record without the columns from `width` on. */
export function cutRecord(record: ActivityRecord, width: number): ActivityRecord {
  return Object.fromEntries(columns.slice(0, width).map((column) => [column, record[column] ?? '']));
}

function encodeHeader(form: Form, hasTrailingDelimiter: boolean): Buffer {
  const mark = form === 'utf-8 with byte order mark' ? '\ufeff' : '';
  return encode(form, `${mark}${extractHeader}${hasTrailingDelimiter ? '|' : ''}\n`);
}

function encode(form: Form, text: string): Buffer {
  return form.startsWith('utf-8') ? Buffer.from(text) : encodeWindows1252(text);
}

/** Of Windows-1252 beyond Latin-1, what French texts have. */
const beyondLatin1: Record<string, number> = { '€': 0x80, '’': 0x92, Œ: 0x8c, œ: 0x9c, Ÿ: 0x9f };

export function encodeWindows1252(text: string): Buffer {
  return Buffer.from([...text].map((letter) => beyondLatin1[letter] ?? letter.charCodeAt(0)));
}
