import type { Database, Unit } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { ResourceType } from '../fhir/resource.ts';
import type { ExportedFile, ExportResult } from './export-request.ts';

export type ExportStatus = 'waiting' | 'running' | 'done' | 'failed';

/** An export that was asked for over FHIR. Instants in milliseconds. */
export interface ExportRecord {
  id: string;
  /** The address it was asked by. */
  request: string;
  types: ResourceType[];
  since: number | null;
  requestedAt: number;
  status: ExportStatus;
  /** The one that it reads, from its begin to its end. */
  generation: number | null;
  percent: number;
  files: ExportedFile[];
  upTo: number | null;
  endedAt: number | null;
}

interface ExportRow {
  id: string;
  request: string;
  types: string;
  since: number | null;
  requested_at: number;
  status: ExportStatus;
  generation: number | null;
  percent: number;
  files: string;
  up_to: number | null;
  ended_at: number | null;
}

interface ExportTables {
  directory_export: ExportRow;
}

/** Rows of exports: any process takes an order, tells how far it is, and serves what came of it. */
export function createExportStore(database: Database) {
  const ofUnit = (unit: Unit) => unit.as<ExportTables>();
  const byId = prepare(
    database.as<ExportTables>().selectFrom('directory_export').selectAll().where('id', '=', ''),
  );

  async function update(unit: Unit, id: string, values: Partial<ExportRow>): Promise<boolean> {
    const rows = await ofUnit(unit)
      .updateTable('directory_export')
      .set(values)
      .where('id', '=', id)
      .returning('id')
      .execute();
    return rows.length === 1;
  }

  return {
    async add(unit: Unit, { id, request, types, since }: NewExport, now: number): Promise<void> {
      const row = { id, request, types: types.join(','), since, requested_at: now };
      const begin = { status: 'waiting', generation: null, percent: 0, files: '[]' } as const;
      await ofUnit(unit)
        .insertInto('directory_export')
        .values({ ...row, ...begin, up_to: null, ended_at: null })
        .execute();
    },
    async find(id: string): Promise<ExportRecord | undefined> {
      const [row] = await byId(database.as(), id);
      return row && toRecord(row);
    },
    async countOpen(unit: Unit): Promise<number> {
      const { open } = await ofUnit(unit)
        .selectFrom('directory_export')
        .select((is) => is.fn.countAll<number>().as('open'))
        .where('status', 'in', ['waiting', 'running'])
        .executeTakeFirstOrThrow();
      return Number(open);
    },
    /** Each of these is false where the export is no longer wanted. */
    begin: (unit: Unit, id: string, generation: number) =>
      update(unit, id, { status: 'running', generation }),
    progress: (unit: Unit, id: string, percent: number) => update(unit, id, { percent }),
    finish: (unit: Unit, id: string, { files, upTo }: ExportResult, now: number) =>
      update(unit, id, {
        status: 'done',
        percent: 100,
        files: JSON.stringify(files),
        up_to: upTo,
        ended_at: now,
      }),
    fail: (unit: Unit, id: string, now: number) => update(unit, id, { status: 'failed', ended_at: now }),
    async remove(unit: Unit, id: string): Promise<boolean> {
      const gone = await ofUnit(unit)
        .deleteFrom('directory_export')
        .where('id', '=', id)
        .returning('id')
        .execute();
      return gone.length === 1;
    },
    /** Forgets what ended, or was asked for and did not begin, before `before`. */
    async forget(unit: Unit, before: number): Promise<void> {
      await ofUnit(unit)
        .deleteFrom('directory_export')
        .where((is) => is(is.fn.coalesce('ended_at', 'requested_at'), '<', before))
        .execute();
    },
    async ids(): Promise<string[]> {
      const rows = await database.as<ExportTables>().selectFrom('directory_export').select('id').execute();
      return rows.map(({ id }) => id);
    },
  };
}

export type ExportStore = ReturnType<typeof createExportStore>;

export type NewExport = Pick<ExportRecord, 'id' | 'request' | 'types' | 'since'>;

function toRecord({ requested_at, up_to, ended_at, files, types, ...row }: ExportRow): ExportRecord {
  return {
    ...row,
    types: types.split(',') as ResourceType[],
    files: JSON.parse(files),
    requestedAt: Number(requested_at),
    upTo: up_to === null ? null : Number(up_to),
    endedAt: ended_at === null ? null : Number(ended_at),
  };
}
