import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const secret = z.string().min(32);

const schema = z.object({
  /** Keys that sign the provider's cookies; the first one signs. */
  cookieKeys: z.array(secret).min(1),
  portalClientSecret: secret,
  contactClientSecret: secret,
  /** 32 bytes, base64url: encrypts the server's half of each e-CPS, and signing keys; never in the database or its backups. */
  wrappingKey: secret,
  /** 32 bytes, base64url: codes at rest and nonces are HMACs under it. */
  hmacKey: secret,
});

export type Secrets = z.infer<typeof schema>;

/** How a sandbox makes each of its secrets. */
const generators: { [Name in keyof Secrets]: () => Secrets[Name] } = {
  cookieKeys: () => [randomSecret(32)],
  portalClientSecret: () => randomSecret(32),
  contactClientSecret: () => randomSecret(32),
  wrappingKey: () => randomSecret(32),
  hmacKey: () => randomSecret(32),
};

/**
 * A sandbox makes its own secrets and keeps them in its data directory, readable by its owner only.
 *
 * @throws Error for a file that is there and does not hold them: new ones would open nothing that was kept.
 */
export async function openSandboxSecrets(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json');
  const kept = await readKept(file);
  const missing = Object.entries(generators).filter(([name]) => kept[name] === undefined);
  if (missing.length === 0) return parseSecrets(kept);
  for (const [name, generate] of missing) kept[name] = generate();
  const secrets = parseSecrets(kept);
  await writeOwnerOnly(file, JSON.stringify(kept));
  return secrets;
}

async function readKept(file: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  return parseObject(text);
}

/** What a parser says of a text may repeat it. */
function parseObject(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw damaged();
  }
}

function parseSecrets(kept: unknown): Secrets {
  const { success, data } = schema.safeParse(kept);
  if (!success) throw damaged();
  return data;
}

const damaged = () =>
  new Error(
    'secrets.json in the data directory (HYGIE_DATA_DIR) is damaged: put it back from a backup. A sandbox can also start anew in another directory.',
  );

async function writeOwnerOnly(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
}

function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
