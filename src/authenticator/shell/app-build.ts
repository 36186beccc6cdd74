import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Locale } from '#platform/html/messages.ts';

/** Where `tools/build-web.ts` leaves the app; `public/` is not kept in the repository. */
const root = new URL('../../../public/app/', import.meta.url);

/** What the build says of itself. */
export interface AppBuild {
  /** Names of files in `/app/`. */
  script: string;
  style: string;
  /** By language. */
  texts: Record<Locale, string>;
}

export interface AppFile {
  content: Buffer<ArrayBuffer>;
  /** Where it gets smaller. */
  gzip: Buffer<ArrayBuffer> | undefined;
  contentType: string;
  etag: string;
  /** Its name changes with its content. */
  immutable: boolean;
}

const contentTypes: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  png: 'image/png',
};

/** The built app, read from disk once; `undefined` where it was never built. */
export function createAppBuild() {
  const files = new Map<string, AppFile>();
  let build: AppBuild | undefined;

  return {
    find(): AppBuild | undefined {
      build ??= readBuild();
      return build;
    },
    findFile(name: string): AppFile | undefined {
      const file = files.get(name) ?? readAppFile(name);
      if (file) files.set(name, file);
      return file;
    },
  };
}

function readBuild(): AppBuild | undefined {
  const record = readContent('build.json');
  return record && (JSON.parse(record.toString('utf8')) as AppBuild);
}

function readAppFile(name: string): AppFile | undefined {
  const match = /^[\w-]+\.(js|css|png)$/.exec(name);
  const contentType = contentTypes[match?.[1] ?? ''];
  const content = contentType === undefined ? undefined : readContent(name);
  if (!content || contentType === undefined) return undefined;
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 16)}"`;
  const gzip = contentType === contentTypes.png ? undefined : gzipSync(content, { level: 9 });
  return { content, gzip, contentType, etag, immutable: /-[A-Z0-9]{8}\./.test(name) };
}

function readContent(name: string): Buffer<ArrayBuffer> | undefined {
  try {
    return readFileSync(new URL(name, root)) as Buffer<ArrayBuffer>;
  } catch {
    return undefined;
  }
}
