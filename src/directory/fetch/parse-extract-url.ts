import { ExtractError } from '../extract/extract-error.ts';

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** An address to fetch an extract from: who changes it on its way changes the directory. Throws `ExtractError`. */
export function parseExtractUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new ExtractError('an address of an extract must begin with https://');
  if (url.protocol === 'http:' && !loopback.has(url.hostname))
    throw new ExtractError(
      `${url.host}: extracts are fetched by https:// only, but from this machine itself`,
    );
  return url;
}
