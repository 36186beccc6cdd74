import type { MailboxRow } from '../generation/tables.ts';
import type { SecureMailbox } from '../practitioner.ts';

export function toMailbox(row: MailboxRow): SecureMailbox {
  return {
    type: row.type,
    address: row.address,
    service: row.service,
    digitization: row.digitization === null ? null : row.digitization === 1,
  };
}
