import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Context, Hono } from 'hono';

/**
 * Files of `web/assets`, read once. `assetUrl` carries a hash of the content, so that browsers may keep what
 * they have for a year; the plain name is answered too, with an ETag.
 */
const root = new URL('../../../web/assets/', import.meta.url);
const year = 31_536_000;

const contentTypes: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

interface Asset {
  content: Buffer<ArrayBuffer>;
  contentType: string;
  /** URL-safe start of the SHA-256 of `content`. */
  hash: string;
  /** Compressed at the first request that accepts it. */
  compressed: Map<Encoding, Promise<Buffer<ArrayBuffer>>>;
}

const compressions = {
  br: (content: Buffer) =>
    promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (content: Buffer) => promisify(gzip)(content, { level: 9 }),
};
type Encoding = keyof typeof compressions;

const assets = new Map<string, Asset>();

/** The versioned address of a file: `styles.css` → `/assets/styles.<hash>.css`. Throws where there is no such file. */
export function assetUrl(name: string): string {
  const dot = name.lastIndexOf('.');
  return `/assets/${name.slice(0, dot)}.${getAsset(name).hash}${name.slice(dot)}`;
}

/** Serves the files; mounted at `/assets`. */
export function assetRoutes(): Hono {
  const routes = new Hono();
  routes.get('/:path{.+}', async (c) => {
    const { name, hash } = parseVersioned(c.req.param('path'));
    const asset = findAsset(name);
    if (!asset || (hash && hash !== asset.hash)) return c.notFound();
    return answer(c, asset, hash !== undefined);
  });
  return routes;
}

function parseVersioned(path: string): { name: string; hash?: string } {
  const match = /^(.+)\.([\w-]{12})(\.\w+)$/.exec(path);
  return match ? { name: `${match[1]}${match[3]}`, hash: match[2] ?? '' } : { name: path };
}

async function answer(c: Context, asset: Asset, versioned: boolean): Promise<Response> {
  c.header('Cache-Control', versioned ? `public, max-age=${year}, immutable` : 'no-cache');
  c.header('ETag', `"${asset.hash}"`);
  c.header('Vary', 'Accept-Encoding');
  c.header('Content-Type', asset.contentType);
  if (c.req.header('If-None-Match') === `"${asset.hash}"`) return c.body(null, 304);
  const encoding = chooseEncoding(asset, c.req.header('Accept-Encoding') ?? '');
  if (!encoding) return c.body(asset.content);
  c.header('Content-Encoding', encoding);
  return c.body(await compress(asset, encoding));
}

function chooseEncoding(asset: Asset, accepted: string): Encoding | undefined {
  if (asset.contentType === 'font/woff2') return undefined;
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
}

function compress(asset: Asset, encoding: Encoding): Promise<Buffer<ArrayBuffer>> {
  const compressed = asset.compressed.get(encoding) ?? compressions[encoding](asset.content);
  asset.compressed.set(encoding, compressed);
  return compressed;
}

function getAsset(name: string): Asset {
  const asset = findAsset(name);
  if (!asset) throw new Error(`no such file in web/assets: ${name}`);
  return asset;
}

function findAsset(name: string): Asset | undefined {
  const known = assets.get(name);
  if (known) return known;
  const content = /^[\w-]+(\/[\w-]+)*\.\w+$/.test(name) ? readContent(name) : undefined;
  if (!content) return undefined;
  const contentType = contentTypes[name.slice(name.lastIndexOf('.') + 1)];
  if (!contentType) return undefined;
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 12);
  const asset: Asset = { content, contentType, hash, compressed: new Map() };
  assets.set(name, asset);
  return asset;
}

function readContent(name: string): Buffer<ArrayBuffer> | undefined {
  if (name.endsWith('.css')) return readStyles(name.slice(0, -'.css'.length));
  if (name.endsWith('.js')) return readScript(name.slice(0, -'.js'.length));
  return readFile(name);
}

/** `styles.css` is the folder `styles/` in the order of its file names; addresses in it become versioned ones. */
function readStyles(name: string): Buffer<ArrayBuffer> | undefined {
  const files = listStyles(name);
  if (files.length === 0) return undefined;
  const source = files.map((file) => readFileSync(new URL(file, root), 'utf8')).join('\n');
  const addressed = source.replace(
    /url\("\.\.\/([^"]+)"\)/g,
    (_, path: string) => `url("${assetUrl(path)}")`,
  );
  return Buffer.from(
    addressed
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\n\s*/g, '\n')
      .replace(/\n+/g, '\n'),
  );
}

function listStyles(name: string): string[] {
  try {
    const names = readdirSync(new URL(`${name}/`, root)).sort();
    return names.filter((file) => file.endsWith('.css')).map((file) => `${name}/${file}`);
  } catch {
    return [];
  }
}

/** Browser scripts are TypeScript whose types are blanked out: what runs has the lines of what was reviewed. */
function readScript(name: string): Buffer<ArrayBuffer> | undefined {
  const source = readFile(`${name}.ts`);
  return source && Buffer.from(stripTypes(source.toString('utf8')));
}

/** Node strips types itself when it loads this file, yet calls the function for it experimental on every start. */
function stripTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function readFile(name: string): Buffer<ArrayBuffer> | undefined {
  try {
    return readFileSync(new URL(name, root)) as Buffer<ArrayBuffer>;
  } catch {
    return undefined;
  }
}
