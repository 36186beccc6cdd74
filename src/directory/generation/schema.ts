import type { Database } from '#platform/database/database.ts';

export type ColumnType = 'text' | 'integer' | 'bigint' | 'blob';

export interface TableDefinition {
  /** In the order in which values are given. */
  columns: Readonly<Record<string, ColumnType>>;
  /** How many of the first columns are the primary key. */
  keyLength: number;
  indexes?: readonly (readonly string[])[];
}

const text = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'text' as const]));
const integers = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'integer' as const]));

/** A number for life, given when the resource is first seen, and the hash that its FHIR id shows. */
const identity = { n: 'integer', id: 'blob' } as const;

/** A resource that the extracts lack has ended, and stays. */
const life = {
  active: 'integer',
  ended_at: 'bigint',
  last_updated_at: 'bigint',
  version_id: 'integer',
} as const;

/** Which of the code tuples that are written once somebody has. */
const held: TableDefinition = {
  columns: integers('practitioner', 'kind'),
  keyLength: 2,
  indexes: [['kind', 'practitioner']],
};

/**
 * Every table of a generation. Numbers refer to `n` of the table that they are named after. Texts that are shown and
 * not sought are joined in `content`; those ending in `_search` are folded.
 */
export const generationTables = {
  practitioner: {
    columns: {
      ...identity,
      ...text('id_nat_ps', 'family_search', 'given_search', 'registration_authority', 'content'),
      ...life,
    },
    keyLength: 1,
    indexes: [
      ...[['id'], ['id_nat_ps'], ['last_updated_at']],
      // With `active`, so that those of a name are counted by the index alone.
      ['family_search', 'given_search', 'active'],
      ['given_search', 'active'],
    ],
  },
  /** From Personne_activite. */
  qualification: held,
  /** From SavoirFaire. */
  expertise: held,
  qualification_kind: {
    columns: { n: 'integer', ...text('profession', 'category', 'expertise_type', 'expertise') },
    keyLength: 1,
  },
  diploma: held,
  diploma_kind: {
    columns: { n: 'integer', ...text('type', 'code', 'authorization_type', 'discipline') },
    keyLength: 1,
  },
  practitioner_role: {
    columns: {
      ...identity,
      ...integers('practitioner', 'organization', 'kind'),
      // Copies, for the search by town, profession and name in one range of an index.
      ...text('town_search', 'profession', 'family_search'),
      ...life,
    },
    keyLength: 1,
    indexes: [
      ...[['id'], ['organization'], ['kind'], ['last_updated_at']],
      // All that a search for people asks of a role.
      ['practitioner', 'active', 'kind'],
      ['town_search', 'profession', 'family_search', 'active', 'kind', 'practitioner'],
    ],
  },
  role_kind: {
    columns: {
      n: 'integer',
      ...text('profession', 'mode', 'sector', 'role', 'activity_kind'),
      ...text('pharmacist_section', 'registration_authority'),
    },
    keyLength: 1,
  },
  organization: {
    columns: {
      ...identity,
      ...text('technical_id', 'former_id', 'siret', 'siren', 'finess_site', 'finess_legal_entity', 'sector'),
      ...text(
        'commune_code',
        'postal_code',
        'name_search',
        'trade_name_search',
        'city_search',
        'line_search',
      ),
      ...text('registration_authority', 'content'),
      ...life,
    },
    keyLength: 1,
    indexes: [
      ...[['id'], ['technical_id'], ['former_id'], ['siret'], ['siren'], ['finess_site']],
      ...[['finess_legal_entity'], ['sector'], ['commune_code'], ['postal_code'], ['city_search']],
      ...[['name_search'], ['trade_name_search'], ['last_updated_at']],
    ],
  },
  /** `structure` (an idNat_Struct) is '' for the mailbox of a person alone; one of a structure has no practitioner. */
  mailbox: {
    columns: {
      ...integers('owner'),
      ...text('structure', 'type', 'address', 'service'),
      ...integers('digitization', 'practitioner'),
    },
    keyLength: 4,
    indexes: [['structure']],
  },
  card: {
    columns: {
      ...integers('practitioner'),
      ...text('number', 'type', 'national_id_in_card', 'starts_on', 'ends_on', 'opposed_on'),
    },
    keyLength: 2,
  },
  /** Labels of codes; the last one read wins. */
  label: { columns: text('terminology', 'code', 'label'), keyLength: 2 },
  /** Each folded family name once, and backwards: a single wrong letter leaves one half as it is. */
  family_name: { columns: text('name', 'reversed'), keyLength: 1, indexes: [['reversed']] },
  /** What resources were before an import changed them: `resource` is the table, `body` what was served, packed. */
  history: {
    columns: {
      ...text('resource'),
      ...integers('n', 'version_id'),
      replaced_at: 'bigint',
      body: 'blob',
    },
    keyLength: 3,
    indexes: [['replaced_at']],
  },
  /** What an import remembers for the next one. */
  import_state: { columns: { name: 'text', data: 'blob' }, keyLength: 1 },
} as const satisfies Record<string, TableDefinition>;

export type GenerationTable = keyof typeof generationTables;
export const generationTableNames = Object.keys(generationTables) as GenerationTable[];

export const columnsOf = (table: GenerationTable): string[] => Object.keys(generationTables[table].columns);

export const columnTypesOf = (table: GenerationTable): ColumnType[] =>
  Object.values(generationTables[table].columns);

export const keyOf = (table: GenerationTable): string[] =>
  columnsOf(table).slice(0, generationTables[table].keyLength);

/** The statement that makes a table; `schema` is quoted already. Texts sort by their bytes on both engines. */
export function createTableStatement(
  engine: Database['engine'],
  schema: string,
  table: GenerationTable,
): string {
  const { columns, keyLength }: TableDefinition = generationTables[table];
  const definitions = Object.entries(columns).map(
    ([name, type], index) => `${name} ${columnType(engine, type)}${index < keyLength ? ' not null' : ''}`,
  );
  const key = `primary key (${keyOf(table).join(', ')})`;
  const suffix = engine === 'sqlite' && keyLength > 1 ? ' without rowid' : '';
  return `create table if not exists ${schema}.${table} (${[...definitions, key].join(', ')})${suffix}`;
}

function columnType(engine: Database['engine'], type: ColumnType): string {
  if (engine === 'sqlite') return type;
  return { text: 'text collate "C"', blob: 'bytea', integer: 'integer', bigint: 'bigint' }[type];
}

interface Index {
  name: string;
  /** The statement that makes it; `schema` is quoted already. */
  statement: string;
}

/** SQLite wants the schema before the index's name, PostgreSQL before the table's. */
export function indexesOf(engine: Database['engine'], schema: string): Index[] {
  return generationTableNames.flatMap((table) => {
    const { indexes = [] }: TableDefinition = generationTables[table];
    return indexes.map((columns) => {
      const name = `${table}_by_${columns.join('_')}`;
      const list = columns.join(', ');
      const statement =
        engine === 'sqlite'
          ? `create index ${schema}.${name} on ${table} (${list})`
          : `create index ${name} on ${schema}.${table} (${list})`;
      return { name, statement };
    });
  });
}

export const createIndexStatements = (engine: Database['engine'], schema: string): string[] =>
  indexesOf(engine, schema).map(({ statement }) => statement);
