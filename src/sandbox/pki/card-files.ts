import { X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, replaceFile } from './authority-files.ts';
import type { Card } from './card.ts';

/** Writes `<name>.p12`, `<name>.pem` (with chain) and `<name>.key`, each readable by its owner only. */
export async function saveCard(directory: string, name: string, card: Card): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await replaceFile(join(directory, `${name}.p12`), card.p12);
  await replaceFile(join(directory, `${name}.key`), card.privateKeyPem);
  await replaceFile(join(directory, `${name}.pem`), card.chainPem);
}

/** Reads what `saveCard` wrote; the certificate file is written last, so that it stands for all three. */
export async function findCard(directory: string, name: string): Promise<Card | undefined> {
  const read = (ending: string) => readFile(join(directory, `${name}.${ending}`));
  try {
    const chainPem = (await read('pem')).toString();
    const [p12, key] = await Promise.all([read('p12'), read('key')]);
    const certificate = new X509Certificate(chainPem);
    return {
      certificate,
      certificatePem: certificate.toString(),
      chainPem,
      privateKeyPem: key.toString(),
      p12,
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
