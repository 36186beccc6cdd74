import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, glob, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface PostgresServer extends AsyncDisposable {
  url: string;
}

/**
 * The server that HYGIE_TEST_DATABASE_URL names, or a new one in a temporary directory where the `postgres` program
 * is found; `undefined` where neither is. Durability is off: the contracts test meaning, not power cuts.
 */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const given = process.env.HYGIE_TEST_DATABASE_URL;
  if (given) return { url: given, async [Symbol.asyncDispose]() {} };
  const programs = await findPrograms();
  return programs ? startOwnServer(programs) : undefined;
}

async function findPrograms(): Promise<string | undefined> {
  const debian = await Array.fromAsync(glob('/usr/lib/postgresql/*/bin'));
  const directories = [...(process.env.PATH ?? '').split(delimiter), ...debian.sort().reverse()];
  return directories.find(
    (directory) => existsSync(join(directory, 'postgres')) && existsSync(join(directory, 'initdb')),
  );
}

async function startOwnServer(programs: string): Promise<PostgresServer> {
  const directory = await mkdtemp(join(tmpdir(), 'hygie-postgres-'));
  const owner = await serverAccount(directory);
  const data = join(directory, 'data');
  const { status, stderr } = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'hygie', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...owner, cwd: directory, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
  const port = await freePort();
  const settings = [
    'fsync=off',
    'max_connections=200',
    'deadlock_timeout=50ms',
    `unix_socket_directories=${directory}`,
  ].flatMap((s) => ['-c', s]);
  const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...settings];
  const server = spawn(join(programs, 'postgres'), args, {
    ...owner,
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await accepting(server.stderr);
  server.stderr.resume();
  return {
    url: `postgres://hygie@127.0.0.1:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      const stopped = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await stopped;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: there it runs as the account that its package made. */
async function serverAccount(directory: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout),
  );
  if (!uid || !gid)
    throw new Error('PostgreSQL does not run as root, and there is no account named postgres.');
  await chown(directory, uid, gid);
  await chmod(directory, 0o755);
  return { uid, gid };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function accepting(log: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    log.on('data', (chunk) => {
      said += chunk;
      if (said.includes('ready to accept connections')) resolve();
    });
    log.on('end', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}
