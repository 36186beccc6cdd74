// Bundles the e-CPS app of web/app into public/app and says what it weighs; where nothing changed, it does nothing.
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { BuildOptions, Metafile, Plugin } from 'esbuild';
import { assetUrl } from '../src/platform/http/assets.ts';

/** What the app may weigh compressed, without the scanner that only a browser without a decoder loads. */
const budgetBytes = 60_000;

const root = new URL('..', import.meta.url);
const out = new URL('public/app/', root);
const aside = new URL(`public/app.${process.pid}/`, root);
const decoder = 'node_modules/qr/decode.js';

/** What the server needs to know of a build; `src/authenticator/shell` reads it. */
interface BuildRecord {
  script: string;
  style: string;
  /** The file of each language, by its tag; a phone loads one. */
  texts: Record<string, string>;
  /** What the app is made of, relative to `public/app`; no file ever changes under its name. */
  files: string[];
  /** What is loaded only to scan. */
  scanner: string[];
  /** Project files that went in, and a hash over them. */
  inputs: string[];
  fingerprint: string;
}

/** The font is the pages' own, at the address where `/assets` serves it. */
const servedFonts: Plugin = {
  name: 'served-fonts',
  setup({ onResolve }) {
    onResolve({ filter: /\/fonts\/.+\.woff2$/ }, ({ path }) => ({
      path: assetUrl(path.replace(/^(\.\.\/)+/, '')),
      external: true,
    }));
  },
};

/** A Lucide file becomes the list of its shapes: nothing of it is parsed on the phone. */
const shapesOfIcons: Plugin = {
  name: 'shapes-of-icons',
  setup({ onLoad }) {
    onLoad({ filter: /\.svg$/ }, async ({ path }) => ({
      contents: `export const shapes = ${JSON.stringify(parseShapes(await readFile(path, 'utf8')))}`,
    }));
  },
};

function parseShapes(svg: string): [string, Record<string, string>][] {
  return [...svg.matchAll(/<(\w+) ([^>]*)\/>/g)].map(([, tag = '', attributes = '']) => [
    tag,
    Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    ),
  ]);
}

const shared = {
  absWorkingDir: new URL('.', root).pathname,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  metafile: true,
  charset: 'utf8',
  legalComments: 'none',
  plugins: [servedFonts, shapesOfIcons],
} satisfies BuildOptions;

async function bundle(): Promise<BuildRecord> {
  const { build } = await import('esbuild');
  const app = await build({
    ...shared,
    entryPoints: { app: 'web/app/main.tsx', style: 'web/app/styles/app.css' },
    outdir: aside.pathname,
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    splitting: true,
  });
  await cp(new URL('web/app/images/', root), aside, { recursive: true });
  const { files, scanner, texts } = sortOutputs(app.metafile);
  const worker = await build({
    ...shared,
    entryPoints: { 'service-worker': 'web/app/service-worker.ts' },
    outdir: aside.pathname,
    define: {
      precachedFiles: JSON.stringify([...files, ...Object.values(texts)].map((name) => `/app/${name}`)),
    },
  });
  const inputs = [...projectInputs(app.metafile), ...projectInputs(worker.metafile)].sort();
  return {
    script: getFile(files, /^app-.*\.js$/),
    style: getFile(files, /^style-.*\.css$/),
    texts,
    files,
    scanner,
    inputs,
    fingerprint: await fingerprint(inputs),
  };
}

function sortOutputs({ outputs }: Metafile): Pick<BuildRecord, 'files' | 'scanner' | 'texts'> {
  const sorted: ReturnType<typeof sortOutputs> = { files: [], scanner: [], texts: {} };
  for (const [path, { inputs, entryPoint }] of Object.entries(outputs)) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const [, language] = /messages-(\w+)\.ts$/.exec(entryPoint ?? '') ?? [];
    if (language !== undefined) sorted.texts[language] = name;
    else sorted[decoder in inputs ? 'scanner' : 'files'].push(name);
  }
  return sorted;
}

function projectInputs({ inputs }: Metafile): string[] {
  return Object.keys(inputs).filter((path) => !/^(node_modules\/|<)/.test(path));
}

function getFile(files: readonly string[], pattern: RegExp): string {
  const file = files.find((name) => pattern.test(name));
  if (file === undefined) throw new Error(`The bundle has no file ${pattern}.`);
  return file;
}

/** A hash over everything that decides the result: our files, the locked packages and this program. */
async function fingerprint(inputs: readonly string[]): Promise<string> {
  const images = (await readdir(new URL('web/app/images/', root))).map((name) => `web/app/images/${name}`);
  const hash = createHash('sha256');
  for (const path of [...inputs, ...images.sort(), 'package-lock.json', 'tools/build-web.ts'])
    hash.update(path).update(await readFile(new URL(path, root)));
  return hash.digest('base64url');
}

async function isUpToDate(): Promise<boolean> {
  try {
    const record = JSON.parse(await readFile(new URL('build.json', out), 'utf8')) as BuildRecord;
    return record.fingerprint === (await fingerprint(record.inputs));
  } catch {
    return false;
  }
}

/** Compressed bytes of what a phone loads. */
async function weigh(names: readonly string[]): Promise<number> {
  const files = await Promise.all(names.map((name) => readFile(new URL(name, aside))));
  return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
}

/** The old files stay until the new ones are whole. */
async function publish(record: BuildRecord): Promise<void> {
  await writeFile(new URL('build.json', aside), JSON.stringify(record));
  await rm(out, { recursive: true, force: true });
  await rename(aside, out);
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;

async function buildApp(): Promise<void> {
  await mkdir(aside, { recursive: true });
  try {
    const record = await bundle();
    const bytes = Math.max(
      ...(await Promise.all(
        Object.values(record.texts).map((texts) => weigh([...record.files, texts, 'service-worker.js'])),
      )),
    );
    console.log(
      `e-CPS app: ${kilobytes(bytes)} compressed, scanner ${kilobytes(await weigh(record.scanner))}`,
    );
    if (bytes > budgetBytes)
      throw new Error(`The app weighs more than ${kilobytes(budgetBytes)} compressed.`);
    await publish(record);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

if (process.argv.includes('--always') || !(await isUpToDate())) await buildApp();
