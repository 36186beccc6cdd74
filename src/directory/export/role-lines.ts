import { type Kysely, sql } from 'kysely';
import type { DirectoryReader } from '../directory-store.ts';
import type { GenerationTables } from '../generation/tables.ts';
import type { PractitionerRole } from '../practitioner-role.ts';
import { formatId } from '../technical-id.ts';
import type { LineBatch } from './resource-lines.ts';

type RenderLine = (role: PractitionerRole) => string;

interface Row {
  n: number;
  id: Uint8Array;
  kind: number;
  active: number;
  last_updated_at: number;
  version_id: number;
  practitioner_id: Uint8Array;
  organization_id: Uint8Array | null;
  has_mailbox: number | boolean;
}

const rowsAtOnce = 5_000;
/** Combinations of codes, instant and version that are kept; a directory of many imports may have more. */
const mostTemplates = 50_000;

/** In no extract: what stands for an id in the line of which a template is made. */
const marks = ['\ue001', '\ue002', '\ue003'] as const;

/**
 * Every role as a line. Roles are many and alike: of those with the same codes one is rendered, and its line is the
 * template of the others, which differ in ids only. Those with a mailbox are rendered one by one.
 */
export async function* readRoleLines(
  { db, reader }: { db: Kysely<GenerationTables>; reader: DirectoryReader },
  since: number | null,
  render: RenderLine,
): AsyncGenerator<LineBatch> {
  const templates = new Map<string, string[]>();
  for (let after = 0; ; ) {
    const rows = await readRows(db, after, since);
    const last = rows.at(-1);
    if (!last) return;
    after = last.n;
    const own = await renderOwn(reader, rows.filter(needsOwnLine), render);
    const lines: string[] = [];
    for (const row of rows) lines.push(own.get(row.n) ?? fill(await templateOf(row), row));
    yield { count: rows.length, text: lines.join('') };
  }

  async function templateOf(row: Row): Promise<string[]> {
    const { kind, active, last_updated_at, version_id, organization_id } = row;
    const key = `${kind} ${active} ${last_updated_at} ${version_id} ${organization_id !== null}`;
    const known = templates.get(key);
    if (known) return known;
    if (templates.size >= mostTemplates) templates.clear();
    const template = makeTemplate(await readRole(reader, row), render);
    templates.set(key, template);
    return template;
  }
}

const needsOwnLine = ({ has_mailbox }: Row): boolean => Boolean(has_mailbox);

async function readRows(db: Kysely<GenerationTables>, after: number, since: number | null): Promise<Row[]> {
  const recent = since === null ? sql`` : sql`and r.last_updated_at >= ${since}`;
  const { rows } = await sql<Row>`
    select r.n, r.id, r.kind, r.active, r.last_updated_at, r.version_id,
      p.id as practitioner_id, o.id as organization_id,
      exists (select 1 from mailbox as m
        where m.owner = r.practitioner and m.structure = o.former_id) as has_mailbox
    from practitioner_role as r
    join practitioner as p on p.n = r.practitioner
    left join organization as o on o.n = r.organization
    where r.n > ${after} ${recent} order by r.n limit ${rowsAtOnce}`.execute(db);
  return rows;
}

async function renderOwn(
  reader: DirectoryReader,
  rows: readonly Row[],
  render: RenderLine,
): Promise<Map<number, string>> {
  if (rows.length === 0) return new Map();
  const ids = rows.map(idOf);
  const roles = await reader.searchRoles({
    where: [{ field: 'id', match: 'equals', values: ids }],
    limit: rows.length,
  });
  const byId = new Map(roles.map((role) => [role.id, role]));
  return new Map(
    rows.flatMap((row) => {
      const role = byId.get(idOf(row));
      return role ? [[row.n, render(role)] as const] : [];
    }),
  );
}

async function readRole(reader: DirectoryReader, row: Row): Promise<PractitionerRole> {
  const where = [{ field: 'id', match: 'equals', values: [idOf(row)] }] as const;
  const [role] = await reader.searchRoles({ where, limit: 1 });
  if (!role) throw new Error('a role of the directory has no practitioner');
  return role;
}

function makeTemplate(role: PractitionerRole, render: RenderLine): string[] {
  const [id, practitionerId, organizationId] = marks;
  const line = render({ ...role, id, practitionerId, organizationId: role.organizationId && organizationId });
  return line.split(new RegExp(`([${marks.join('')}])`, 'u'));
}

function fill(template: readonly string[], row: Row): string {
  let line = '';
  for (const part of template) {
    if (part === marks[0]) line += idOf(row);
    else if (part === marks[1]) line += formatId('practitioner', row.practitioner_id);
    else if (part === marks[2]) line += formatId('organization', row.organization_id ?? row.id);
    else line += part;
  }
  return line;
}

const idOf = ({ id }: Row): string => formatId('practitioner_role', id);
