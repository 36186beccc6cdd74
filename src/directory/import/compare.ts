import type { ExtractKind } from '../extract/extract-kind.ts';
import type { GenerationBuilder } from '../generation/generation-storage.ts';
import { columnsOf, type GenerationTable } from '../generation/schema.ts';

/** The tables that each kind of extract fills. */
const tablesOf = {
  Personne_activite: ['practitioner', 'practitioner_role', 'organization', 'qualification'],
  SavoirFaire: ['expertise'],
  Dipl_AutExerc: ['diploma'],
  Porteurs_CPS_CPF: ['card'],
  Extraction_Correspondance_MSSante: ['mailbox'],
} as const satisfies Record<ExtractKind, readonly GenerationTable[]>;

const versionedTables = ['practitioner', 'practitioner_role', 'organization'] as const;
type VersionedTable = (typeof versionedTables)[number];

export interface ChangeCounts {
  created: number;
  changed: number;
  removed: number;
  unchanged: number;
}

export interface Comparison {
  counts: Record<VersionedTable, ChangeCounts>;
  /** Whether anything at all differs from the previous generation, labels included. */
  differs: boolean;
}

/**
 * Completes a loaded generation against the one before: carries over what no file told of, gives each resource its
 * version, and ends what the extract no longer has. `now` stamps what changed, `extractedAt` what ended. The
 * statements run on both engines.
 */
export async function compareGenerations(
  builder: GenerationBuilder,
  kinds: ReadonlySet<ExtractKind>,
  { now, extractedAt }: { now: number; extractedAt: number },
): Promise<Comparison> {
  for (const [kind, tables] of Object.entries(tablesOf)) {
    if (!kinds.has(kind as ExtractKind)) for (const table of tables) await carryOver(builder, table);
  }
  for (const table of versionedTables) await builder.run(`analyze ${builder.next}.${table}`);
  const detailsDiffer = await findTouched(builder, kinds);
  const counts = {
    practitioner: await setVersions(builder, 'practitioner', now),
    practitioner_role: await setVersions(builder, 'practitioner_role', now),
    organization: await setVersions(builder, 'organization', now),
  };
  if (kinds.has('Personne_activite')) await keepQualificationsOfVanished(builder);
  for (const table of versionedTables) {
    counts[table].removed = await endVanished(builder, table, { now, extractedAt });
  }
  const moved = Object.values(counts).some(
    ({ created, changed, removed }) => created + changed + removed > 0,
  );
  const differs = moved || detailsDiffer || (await countDifferences(builder, 'label')) > 0;
  await builder.run('drop table touched; drop table mailbox_difference');
  return { counts, differs };
}

/** Labels of the previous generation stay until a file tells another. Called before the files are loaded. */
export async function carryOverLabels(builder: GenerationBuilder): Promise<void> {
  await carryOver(builder, 'label');
}

async function carryOver({ next, previous, run }: GenerationBuilder, table: GenerationTable): Promise<void> {
  const columns = columnsOf(table).join(', ');
  const current = isVersioned(table) ? ' where active = 1' : '';
  await run(
    `insert into ${next}.${table} (${columns}) select ${columns} from ${previous}.${table}${current}`,
  );
}

const isVersioned = (table: GenerationTable): boolean => versionedTables.some((name) => name === table);

/**
 * Fills `touched` with the ids of resources whose details (qualifications, diplomas, cards, mailboxes) differ,
 * since those are content of theirs. True where any detail differs.
 */
async function findTouched(builder: GenerationBuilder, kinds: ReadonlySet<ExtractKind>): Promise<boolean> {
  await builder.run('create temporary table touched (id text not null)');
  const persons: [ExtractKind, GenerationTable][] = [
    ['Personne_activite', 'qualification'],
    ['SavoirFaire', 'expertise'],
    ['Dipl_AutExerc', 'diploma'],
    ['Porteurs_CPS_CPF', 'card'],
  ];
  for (const [kind, table] of persons) {
    if (!kinds.has(kind)) continue;
    await builder.run(`insert into touched select practitioner_id from (${difference(builder, table)}) as d`);
  }
  await findTouchedByMailbox(builder, kinds.has('Extraction_Correspondance_MSSante'));
  const [row] = await builder.all<{ count: number | string }>(
    'select (select count(*) from touched) + (select count(*) from mailbox_difference) as count',
  );
  return Number(row?.count) > 0;
}

/** A mailbox belongs to a person, to a place, or to a person at a place. */
async function findTouchedByMailbox(builder: GenerationBuilder, isLoaded: boolean): Promise<void> {
  const { next, run } = builder;
  const source = isLoaded
    ? `select practitioner_id, structure from (${difference(builder, 'mailbox')}) as d`
    : `select practitioner_id, structure from ${next}.mailbox where 1 = 0`;
  await run(`create temporary table mailbox_difference as ${source}`);
  if (!isLoaded) return;
  await run(`insert into touched select practitioner_id from mailbox_difference where structure = ''`);
  await run(
    `insert into touched select o.id from ${next}.organization as o join mailbox_difference as d
     on d.structure = o.former_id and d.practitioner_id = ''`,
  );
  await run(
    `insert into touched select r.id from mailbox_difference as d
     join ${next}.practitioner_role as r on r.practitioner_id = d.practitioner_id
     join ${next}.organization as o on o.id = r.organization_id and o.former_id = d.structure`,
  );
}

/** The rows that only one of the two generations has. */
function difference({ next, previous }: GenerationBuilder, table: GenerationTable): string {
  const columns = columnsOf(table).join(', ');
  const [one, other] = [next, previous].map((schema) => `select ${columns} from ${schema}.${table}`);
  return `select * from (${one} except ${other}) as added union all select * from (${other} except ${one}) as gone`;
}

async function countDifferences(builder: GenerationBuilder, table: GenerationTable): Promise<number> {
  const [row] = await builder.all<{ count: number | string }>(
    `select count(*) as count from (${difference(builder, table)}) as d`,
  );
  return Number(row?.count);
}

/** A version moves only with the content. A row still at version 0 afterwards is new. */
async function setVersions(
  builder: GenerationBuilder,
  table: VersionedTable,
  now: number,
): Promise<ChangeCounts> {
  const { next, previous, run } = builder;
  const [target, source] = [`${next}.${table}`, `${previous}.${table}`];
  await run(
    `update ${target} as n set version_id = p.version_id, last_updated_at = p.last_updated_at from ${source} as p
     where p.id = n.id and p.active = 1 and p.content_hash = n.content_hash
     and n.id not in (select id from touched)`,
  );
  const unchanged = await countRows(builder, `${target} where version_id > 0`);
  await run(
    `update ${target} as n set version_id = p.version_id + 1, last_updated_at = ${now} from ${source} as p
     where p.id = n.id and n.version_id = 0`,
  );
  const known = await countRows(
    builder,
    `${target} as n join ${source} as p on p.id = n.id where p.active = 1 and n.version_id > p.version_id`,
  );
  const all = await countRows(builder, target);
  await run(`update ${target} set version_id = 1, last_updated_at = ${now} where version_id = 0`);
  return { created: all - unchanged - known, changed: known, removed: 0, unchanged };
}

async function countRows(builder: GenerationBuilder, from: string): Promise<number> {
  const [row] = await builder.all<{ count: number | string }>(`select count(*) as count from ${from}`);
  return Number(row?.count);
}

/** What the directory tells of a person struck off stays readable for the diagnosis and the link's conditions. */
async function keepQualificationsOfVanished({ next, previous, run }: GenerationBuilder): Promise<void> {
  const columns = columnsOf('qualification').join(', ');
  await run(
    `insert into ${next}.qualification (${columns}) select ${columns} from ${previous}.qualification as q
     where exists (select 1 from ${previous}.practitioner as p where p.id = q.practitioner_id)
     and not exists (select 1 from ${next}.practitioner as n where n.id = q.practitioner_id)`,
  );
}

/** Ends the rows that were there and are no longer; rows that ended before stay as they are. Returns how many ended. */
async function endVanished(
  builder: GenerationBuilder,
  table: VersionedTable,
  { now, extractedAt }: { now: number; extractedAt: number },
): Promise<number> {
  const { next, previous, run } = builder;
  const columns = columnsOf(table).join(', ');
  await run(
    `insert into ${next}.${table} (${columns}, active, ended_at, version_id, last_updated_at)
     select ${columns}, 0, case when p.active = 1 then ${extractedAt} else p.ended_at end, p.version_id + p.active,
       case when p.active = 1 then ${now} else p.last_updated_at end
     from ${previous}.${table} as p where not exists (select 1 from ${next}.${table} as n where n.id = p.id)`,
  );
  return countRows(
    builder,
    `${next}.${table} as n join ${previous}.${table} as p on p.id = n.id where n.active = 0 and p.active = 1`,
  );
}
