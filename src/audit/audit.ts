import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { prepare } from '#platform/database/prepare.ts';
import type { BusinessEvent, EventReporter } from '#platform/events.ts';
import { createOrderedIds } from '#platform/ids.ts';
import type { Logger } from '#platform/logger.ts';
import type { AuditTables } from './migrations.ts';

export interface AuditRecord extends Required<Pick<BusinessEvent, 'name' | 'details'>> {
  id: string;
  /** Instant, milliseconds. */
  at: number;
  /** Wire form of the national identifier concerned. */
  subject: string | null;
  /** The same of whoever did it for somebody else. */
  actor: string | null;
}

export interface Audit extends EventReporter {
  /** Newest first. */
  latest(limit: number): Promise<AuditRecord[]>;
}

export interface AuditDependencies {
  database: Database;
  clock: Clock;
  logger: Logger;
}

/** The reporter whose events reach the trail within their unit of work and the log after its commit. */
export function createAudit({ database, clock, logger }: AuditDependencies): Audit {
  const nextId = createOrderedIds('aud');
  const sample = { id: '', at: 0, name: '', subject: '', actor: '', details: '' };
  const insert = prepare(database.as<AuditTables>().insertInto('audit_record').values(sample));
  return {
    async report(unit, { name, subject = null, actor = null, details = {} }) {
      const at = clock.now();
      await insert(unit.as(), nextId(at), at, name, subject, actor, JSON.stringify(details));
      unit.afterCommit(() => logger.info({ event: name, ...details }, 'event'));
    },
    async latest(limit) {
      const rows = await database
        .as<AuditTables>()
        .selectFrom('audit_record')
        .select(['id', 'at', 'name', 'subject', 'actor', 'details'])
        // An id begins with its instant.
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...row, details: JSON.parse(row.details) as AuditRecord['details'] }));
    },
  };
}
