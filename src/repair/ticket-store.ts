import { z } from 'zod';
import { formatIdNatPs, type NationalId, parseIdNatPs, type Verification } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import type { RepairTables } from './migrations.ts';
import { cardFreshnessMs } from './policy.ts';
import type { Ticket } from './ticket.ts';

/** What a sign-in gives a ticket; the rest is what is done with it. */
export type OpenedTicket = Pick<
  Ticket,
  'id' | 'sid' | 'service' | 'verification' | 'rpps' | 'openedAt' | 'expiresAt'
>;

export type TicketStore = ReturnType<typeof createTicketStore>;

export function createTicketStore(database: Database) {
  const rows = (unit: Unit) => unit.as<RepairTables>();
  const live = (now: number) =>
    database.as<RepairTables>().selectFrom('repair_ticket').selectAll().where('expires_at', '>', now);
  return {
    async find(id: string, now: number): Promise<Ticket | undefined> {
      const row = await live(now).where('id', '=', id).executeTakeFirst();
      return row && toTicket(row);
    },

    /** The one opened last by a person, under the number of the sign-in or the one that it leads to. */
    async findOf(nationalId: NationalId, now: number): Promise<Ticket | undefined> {
      const query = live(now).orderBy('opened_at', 'desc').limit(1);
      const named = formatIdNatPs(nationalId);
      const row = await query
        .where((where) =>
          nationalId.kind === 'rpps'
            ? where.or([where('rpps', '=', nationalId.value), where('national_id', '=', named)])
            : where('national_id', '=', named),
        )
        .executeTakeFirst();
      return row && toTicket(row);
    },

    async list(now: number): Promise<Ticket[]> {
      return (await live(now).orderBy('opened_at', 'desc').execute()).map(toTicket);
    },

    /**
     * Creates a ticket, or lets the one of this id live on with what the last sign-in tells; one that has expired is
     * created anew. `isNew`: of two at once one made it.
     */
    async open(unit: Unit, ticket: OpenedTicket): Promise<{ openedAt: number; isNew: boolean }> {
      const { openedAt: now, expiresAt } = ticket;
      const table = rows(unit);
      await table
        .deleteFrom('repair_ticket')
        .where('id', '=', ticket.id)
        .where('expires_at', '<=', now)
        .execute();
      const told = { ...columnsOf(ticket), expires_at: expiresAt };
      const created = await table
        .insertInto('repair_ticket')
        .values({ ...told, ...nothingDone, id: ticket.id, opened_at: now })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (created) return { openedAt: now, isNew: true };
      const { opened_at: openedAt } = await table
        .updateTable('repair_ticket')
        .set(told)
        .where('id', '=', ticket.id)
        .returning('opened_at')
        .executeTakeFirstOrThrow();
      return { openedAt, isNew: false };
    },

    async chooseWay(unit: Unit, id: string, way: 'card' | 'mail', at: number): Promise<void> {
      await rows(unit).updateTable('repair_ticket').set({ way, way_at: at }).where('id', '=', id).execute();
    },

    async bindEnrolment(unit: Unit, id: string, enrolmentId: string): Promise<void> {
      await rows(unit)
        .updateTable('repair_ticket')
        .set({ enrolment_id: enrolmentId })
        .where('id', '=', id)
        .execute();
    },

    /** Uses a card verification up; false where it was. Of concurrent calls one gets it. */
    async useCard(unit: Unit, { nationalId, verifiedAt }: Verification, at: number): Promise<boolean> {
      const row = await rows(unit)
        .insertInto('repair_card_use')
        .values({ card_key: `${formatIdNatPs(nationalId)} ${verifiedAt}`, used_at: at })
        .onConflict((conflict) => conflict.column('card_key').doNothing())
        .returning('card_key')
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Tickets that have expired, and uses of cards that are too old to be offered again. */
    async sweep(unit: Unit, now: number): Promise<void> {
      await rows(unit).deleteFrom('repair_ticket').where('expires_at', '<=', now).execute();
      await rows(unit)
        .deleteFrom('repair_card_use')
        .where('used_at', '<=', now - cardFreshnessMs)
        .execute();
    },

    async end(unit: Unit, by: 'id' | 'sid' | 'rpps', value: string): Promise<void> {
      await rows(unit).deleteFrom('repair_ticket').where(by, '=', value).execute();
    },
  };
}

const nothingDone = { enrolment_id: null, way: null, way_at: null };

function columnsOf({ sid, service, verification, rpps }: OpenedTicket) {
  return {
    sid,
    service_name: service?.name ?? null,
    service_url: service?.url ?? null,
    national_id: formatIdNatPs(verification.nationalId),
    verification: JSON.stringify({ ...verification, nationalId: formatIdNatPs(verification.nationalId) }),
    rpps,
  };
}

const nationalId = z.string().transform((text, context) => {
  const parsed = parseIdNatPs(text);
  if (!parsed) context.addIssue('not a national identifier');
  return parsed ?? z.NEVER;
});

const storedVerification = z.object({
  nationalId,
  givenName: z.string(),
  familyName: z.string(),
  profession: z.string().nullable(),
  method: z.enum(['card', 'ecps']),
  verifiedAt: z.number(),
});

function toTicket(row: RepairTables['repair_ticket']): Ticket {
  const { service_name: name, service_url: url } = row;
  return {
    id: row.id,
    sid: row.sid,
    service: name === null ? null : { name, url },
    verification: storedVerification.parse(JSON.parse(row.verification)),
    rpps: row.rpps,
    enrolmentId: row.enrolment_id,
    way: z.enum(['card', 'mail']).nullable().parse(row.way),
    wayAt: row.way_at,
    openedAt: row.opened_at,
    expiresAt: row.expires_at,
  };
}
