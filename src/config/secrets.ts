import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';

const jwk = z.custom<JWK>((value) => typeof value === 'object' && value !== null && 'kty' in value);

const schema = z.object({
  /** Private keys that sign tokens; the first one signs, all are published. */
  signingKeys: z.array(jwk).min(1),
  /** Keys that sign the provider's cookies; the first one signs. */
  cookieKeys: z.array(z.string().min(32)).min(1),
  portalClientSecret: z.string().min(32),
});

export type Secrets = z.infer<typeof schema>;

/** A sandbox makes its own secrets at first start and keeps them in its data directory, readable by its owner only. */
export async function openSandboxSecrets(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) return schema.parse(JSON.parse(text));
  const secrets = await createSecrets();
  await writeFile(`${file}.new`, JSON.stringify(secrets), { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
  return secrets;
}

async function createSecrets(): Promise<Secrets> {
  // RS256, as Pro Santé Connect signs.
  const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 });
  const key = { ...(await exportJWK(privateKey)), kid: randomSecret(24), alg: 'RS256', use: 'sig' };
  return { signingKeys: [key], cookieKeys: [randomSecret(32)], portalClientSecret: randomSecret(32) };
}

function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
