import type { Database } from '#platform/database/database.ts';

type ColumnType = 'text' | 'integer' | 'bigint';

interface TableDefinition {
  /** The columns that an import writes, in the order in which their values are given. */
  columns: Record<string, ColumnType>;
  /** How many of the first columns are the primary key. */
  keyLength: number;
  indexes?: readonly string[][];
  /** Whether rows have a life of their own: a version, and an end when an extract lacks them. */
  versioned?: true;
}

const text = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'text' as const]));

const qualification = {
  columns: text('practitioner_id', 'profession', 'category', 'expertise_type', 'expertise'),
  keyLength: 5,
};

/** Every table of a generation. Key columns hold '' where the extract is empty, others null. */
export const generationTables = {
  practitioner: {
    columns: text(
      ...['id', 'content_hash', 'id_nat_ps', 'rpps', 'family_name', 'given_name', 'birth_name', 'civility'],
      ...['exercise_civility', 'registration_authority', 'family_search', 'given_search'],
    ),
    keyLength: 1,
    indexes: [['id_nat_ps'], ['rpps'], ['family_search', 'given_search']],
    versioned: true,
  },
  practitioner_role: {
    columns: text(
      ...['id', 'content_hash', 'practitioner_id', 'organization_id', 'profession', 'mode', 'sector', 'role'],
      ...['activity_kind', 'pharmacist_section', 'registration_authority'],
    ),
    keyLength: 1,
    indexes: [['practitioner_id'], ['organization_id']],
    versioned: true,
  },
  organization: {
    columns: text(
      ...['id', 'content_hash', 'technical_id', 'former_id', 'siret', 'siren', 'finess_site'],
      ...['finess_legal_entity', 'name', 'trade_name', 'recipient_complement', 'location_complement'],
      ...['house_number', 'repetition_index', 'street_type_code', 'street_type_label', 'street_name'],
      ...[
        'distribution',
        'cedex',
        'postal_code',
        'commune_code',
        'commune_name',
        'country_code',
        'country_name',
      ],
      ...['phone', 'phone2', 'fax', 'email', 'department_code', 'department_name', 'sector'],
      ...['registration_authority', 'name_search', 'trade_name_search', 'city_search', 'line_search'],
    ),
    keyLength: 1,
    indexes: [['former_id'], ['siret'], ['finess_site'], ['postal_code'], ['city_search'], ['name_search']],
    versioned: true,
  },
  /** From Personne_activite: one row with empty expertise at least for each profession and category. */
  qualification: { ...qualification, indexes: [['profession', 'practitioner_id']] },
  /** From SavoirFaire: the same shape. */
  expertise: qualification,
  diploma: {
    columns: text('practitioner_id', 'type', 'code', 'authorization_type', 'discipline'),
    keyLength: 5,
  },
  /** `practitioner_id` is '' for a structure's mailbox, `structure` (an idNat_Struct) '' for a person's alone. */
  mailbox: {
    columns: {
      ...text('practitioner_id', 'structure', 'type', 'address', 'service'),
      digitization: 'integer',
    },
    keyLength: 4,
    indexes: [['structure']],
  },
  card: {
    columns: text(
      ...['practitioner_id', 'number', 'type', 'national_id_in_card', 'starts_on', 'ends_on', 'opposed_on'],
    ),
    keyLength: 2,
  },
  /** Labels of codes; the last one read wins. */
  label: { columns: text('terminology', 'code', 'label'), keyLength: 2 },
} as const satisfies Record<string, TableDefinition>;

export type GenerationTable = keyof typeof generationTables;
export const generationTableNames = Object.keys(generationTables) as GenerationTable[];

/** Columns in the order of the values that are loaded. */
export function columnsOf(table: GenerationTable): string[] {
  return Object.keys(generationTables[table].columns);
}

export function keyOf(table: GenerationTable): string[] {
  return columnsOf(table).slice(0, generationTables[table].keyLength);
}

export function columnTypesOf(table: GenerationTable): ColumnType[] {
  return Object.values(generationTables[table].columns);
}

/** What a versioned row has beside its content. Version 0 marks a row just loaded, not yet compared. */
export const bookkeeping = {
  active: 'integer not null default 1',
  ended_at: 'bigint',
  last_updated_at: 'bigint not null default 0',
  version_id: 'integer not null default 0',
};

/** The statements that make a generation's tables; `schema` is quoted already. Texts sort by their bytes on both engines. */
export function createTableStatements(engine: Database['engine'], schema: string): string[] {
  return generationTableNames.map((table) => {
    const definition: TableDefinition = generationTables[table];
    const columns = Object.entries(definition.columns).map(
      ([name, type], index) =>
        `${name} ${columnType(engine, type)}${index < definition.keyLength ? ' not null' : ''}`,
    );
    const own = definition.versioned
      ? Object.entries(bookkeeping).map(([name, type]) => `${name} ${type}`)
      : [];
    const suffix = engine === 'sqlite' && !definition.versioned ? ' without rowid' : '';
    const key = `primary key (${keyOf(table).join(', ')})`;
    return `create table ${schema}.${table} (${[...columns, ...own, key].join(', ')})${suffix}`;
  });
}

function columnType(engine: Database['engine'], type: ColumnType): string {
  return engine === 'postgres' && type === 'text' ? 'text collate "C"' : type;
}

/** Made after the rows are loaded. SQLite wants the schema before the index's name, PostgreSQL before the table's. */
export function createIndexStatements(engine: Database['engine'], schema: string): string[] {
  return generationTableNames.flatMap((table) => {
    const definition: TableDefinition = generationTables[table];
    return (definition.indexes ?? []).map((columns) => {
      const name = `${table}_by_${columns.join('_')}`;
      const list = columns.join(', ');
      return engine === 'sqlite'
        ? `create index ${schema}.${name} on ${table} (${list})`
        : `create index ${name} on ${schema}.${table} (${list})`;
    });
  });
}
