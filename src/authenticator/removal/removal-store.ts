import type { Selectable, Updateable } from 'kysely';
import { formatIdNatPs, type NationalId } from '#national-id';
import type { Database, Unit } from '#platform/database/database.ts';
import type { AuthenticatorTables } from '../schema.ts';
import { readNationalId } from '../stores/national-id-text.ts';
import type { RemovalState } from './removal.ts';

type Rows = AuthenticatorTables['authenticator_removal'];

export interface Removal {
  id: string;
  version: number;
  state: RemovalState;
  /** As it was typed; nobody knows yet whether there is an e-CPS. */
  nationalId: NationalId;
  /** SHA-256 of the cookie that names the removal in the browser that asked. */
  browserHash: string;
  /** That browser, such as `Firefox, Linux`. */
  device: string;
  /** The page of wallet that it came from. */
  returnTo: string | null;
  createdAt: number;
  codeMacs: CodeMacs | null;
}

/** HMACs of the last pair of codes. */
export interface CodeMacs {
  mail: string;
  sms: string;
}

export type NewRemoval = Omit<Removal, 'version' | 'codeMacs'>;

export type RemovalStore = ReturnType<typeof createRemovalStore>;

export function createRemovalStore(database: Database) {
  return {
    async create(unit: Unit, { state, nationalId, ...removal }: NewRemoval): Promise<void> {
      await unit
        .as<AuthenticatorTables>()
        .insertInto('authenticator_removal')
        .values({
          ...stateColumns(state),
          id: removal.id,
          version: 1,
          national_id: formatIdNatPs(nationalId),
          browser_hash: removal.browserHash,
          device: removal.device,
          return_to: removal.returnTo,
          created_at: removal.createdAt,
          mail_code_mac: null,
          sms_code_mac: null,
        })
        .execute();
    },

    async find(id: string, unit?: Unit): Promise<Removal | undefined> {
      const row = await select(unit ?? database)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && toRemoval(row);
    },

    async findOfBrowser(browserHash: string): Promise<Removal | undefined> {
      const row = await select(database).where('browser_hash', '=', browserHash).executeTakeFirst();
      return row && toRemoval(row);
    },

    /**
     * Writes the next state if nobody else wrote one since `removal` was read: of two concurrent calls one is true.
     * Codes that were sent replace the ones before; once proven they are forgotten.
     */
    async advance(
      unit: Unit,
      { id, version }: Removal,
      state: RemovalState,
      codeMacs?: CodeMacs,
    ): Promise<boolean> {
      const row = await unit
        .as<AuthenticatorTables>()
        .updateTable('authenticator_removal')
        .set({ ...stateColumns(state), ...macColumns(state, codeMacs), version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async deleteExpired(unit: Unit, before: number): Promise<void> {
      await unit
        .as<AuthenticatorTables>()
        .deleteFrom('authenticator_removal')
        .where('expires_at', '<', before)
        .execute();
    },
  };
}

const select = (reader: Unit | Database) =>
  reader.as<AuthenticatorTables>().selectFrom('authenticator_removal').selectAll();

function stateColumns(state: RemovalState) {
  return {
    stage: state.stage,
    proof: state.proof,
    expires_at: state.expiresAt,
    codes_sent_at: JSON.stringify(state.codesSentAt),
    codes_expire_at: state.codes?.expiresAt ?? null,
    code_tries: state.codes?.tries ?? 0,
    card_refusal: state.cardRefusal,
  } satisfies Updateable<Rows>;
}

function macColumns({ codes }: RemovalState, codeMacs: CodeMacs | undefined): Updateable<Rows> {
  if (codeMacs) return { mail_code_mac: codeMacs.mail, sms_code_mac: codeMacs.sms };
  return codes === null ? { mail_code_mac: null, sms_code_mac: null } : {};
}

function toRemoval(row: Selectable<Rows>): Removal {
  return {
    id: row.id,
    version: row.version,
    state: toState(row),
    nationalId: readNationalId(row.national_id),
    browserHash: row.browser_hash,
    device: row.device,
    returnTo: row.return_to,
    createdAt: row.created_at,
    codeMacs:
      row.mail_code_mac === null || row.sms_code_mac === null
        ? null
        : { mail: row.mail_code_mac, sms: row.sms_code_mac },
  };
}

function toState(row: Selectable<Rows>): RemovalState {
  return {
    stage: row.stage as RemovalState['stage'],
    proof: row.proof as RemovalState['proof'],
    expiresAt: row.expires_at,
    codesSentAt: JSON.parse(row.codes_sent_at) as number[],
    codes: row.codes_expire_at === null ? null : { expiresAt: row.codes_expire_at, tries: row.code_tries },
    cardRefusal: row.card_refusal as RemovalState['cardRefusal'],
  };
}
