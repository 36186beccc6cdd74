import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A Chromium to test with, and the libraries it brings where the system lacks them. */
export interface ChromiumProgram {
  path: string;
  libraries: string | undefined;
}

/** The shell alone computes a third less, and shows the same. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/** The system's Chromium, else the one of `@sparticuz/chromium` (Linux x64 and arm64), unpacked once into the temporary directory. */
export async function findChromium(): Promise<ChromiumProgram> {
  const path = process.env.HYGIE_TEST_CHROMIUM ?? findOnPath();
  if (path) return { path, libraries: process.env.HYGIE_TEST_CHROMIUM_LIBRARIES };
  return unpackChromium();
}

function findOnPath(): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter);
  return directories.flatMap((directory) => names.map((name) => join(directory, name))).find(existsSync);
}

async function unpackChromium(): Promise<ChromiumProgram> {
  const { default: chromium, inflate } = await import('@sparticuz/chromium');
  const path = await chromium.executablePath();
  if (!lacksLibraries(path)) return { path, libraries: undefined };
  const packed = fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium')));
  await inflate(packed);
  return { path, libraries: join(dirname(path), 'al2023', 'lib') };
}

function lacksLibraries(path: string): boolean {
  return spawnSync('ldd', [path], { encoding: 'utf8' }).stdout?.includes('not found') ?? false;
}
