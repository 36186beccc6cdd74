import { sql } from 'kysely';
import { createConfig, parseEnvironment } from '#config';
import { openState } from '../../src/command-context.ts';
import type { TestServer } from './start-test-server.ts';

interface TrailRow {
  subject: string | null;
  details: string;
}

/** Every record of this name in the trail, oldest first. */
export async function readTrail({ dataDir, env }: TestServer, name: string) {
  const state = await openState(createConfig(parseEnvironment({ HYGIE_DATA_DIR: dataDir, ...env })));
  try {
    const query = sql<TrailRow>`select subject, details from audit_record where name = ${name} order by id`;
    const { rows } = await query.execute(state.as());
    return rows.map(({ subject, details }) => ({ subject, details: JSON.parse(details) as object }));
  } finally {
    await state.close();
  }
}
