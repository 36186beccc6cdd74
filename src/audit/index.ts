// Owns the trail of business events: rows that are only ever appended, each in the unit of work it describes.
// Nobody imports it to write: modules report events, the composition root gives the reporter this sink.
export { type Audit, type AuditRecord, createAudit } from './audit.ts';
export { migrations, resetTables } from './migrations.ts';
