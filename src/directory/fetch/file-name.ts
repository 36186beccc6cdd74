import { refuseFetch } from './fetch-error.ts';

/**
 * How a file is called here: as the server says (RFC 6266), or else as its address ends. Letters, digits, dots, dashes
 * and underscores alone, so that it stays in its folder.
 */
export function readFileName(headers: Headers, url: URL): string {
  const told = headers.get('content-disposition') ?? '';
  const encoded = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(told)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(told);
  const named = (encoded && decode(encoded)) ?? plain?.[1] ?? plain?.[2] ?? decode(url.pathname);
  const last = named.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
  const name = last.replace(/[^\w.-]/g, '_').replace(/^\.+/, '');
  if (name === '') throw refuseFetch(url, 'the address must end with the name of a file');
  return name;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
