import type { Ending } from './databases.ts';

export interface Overheard {
  /** Values of cookies by their name. */
  cookies: Map<string, Set<string>>;
  /** Parameters of addresses that browsers were sent to, and members of JSON answers, by their name. */
  values: Map<string, Set<string>>;
}

/** Hears what every request of this process is answered: browsers, phones, and the servers among themselves. */
export function listenIn(t: Ending): Overheard {
  const real = globalThis.fetch;
  const heard: Overheard = { cookies: new Map(), values: new Map() };
  globalThis.fetch = async (...given) => {
    const response = await real(...given);
    noteCookies(heard, response);
    noteAddress(heard, response.headers.get('location'));
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('application/json')) noteMembers(heard, await response.clone().text());
    if (type.startsWith('text/html')) noteRefresh(heard, await response.clone().text());
    return response;
  };
  t.after(() => {
    globalThis.fetch = real;
  });
  return heard;
}

function noteCookies({ cookies }: Overheard, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    note(cookies, name, value);
  }
}

function noteAddress({ values }: Overheard, location: string | null): void {
  const url = location === null ? null : URL.parse(location, 'http://localhost');
  for (const [name, value] of url?.searchParams ?? []) note(values, name, value);
}

/** A page that goes on by itself. */
function noteRefresh(heard: Overheard, text: string): void {
  const address = /<meta http-equiv="refresh" content="0; url=([^"]+)"/.exec(text)?.[1];
  noteAddress(heard, address?.replaceAll('&amp;', '&') ?? null);
}

function noteMembers({ values }: Overheard, text: string): void {
  const members: unknown = text === '' ? null : JSON.parse(text);
  if (typeof members !== 'object' || members === null) return;
  for (const [name, value] of Object.entries(members))
    if (typeof value === 'string') note(values, name, value);
}

function note(into: Map<string, Set<string>>, name: string, value: string): void {
  if (value !== '') into.set(name, (into.get(name) ?? new Set()).add(value));
}
