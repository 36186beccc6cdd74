import { CookieJar } from 'tough-cookie';

export interface Page {
  /** Where the redirects ended. */
  url: URL;
  status: number;
  text: string;
  headers: Headers;
}

export interface CookieBrowser {
  jar: CookieJar;
  /** One request, redirects not followed. */
  request(url: string | URL, init?: RequestInit): Promise<Response>;
  /** Follows redirects and a page that refreshes at once, as a browser does. */
  open(url: string | URL, init?: RequestInit): Promise<Page>;
  /** Posts a form of a page, with the headers that a browser adds. */
  submit(page: URL, action: string, fields?: Record<string, string>): Promise<Page>;
}

const maxHops = 20;

/** A browser without scripts: cookies that ignore ports, redirects, `<meta http-equiv="refresh">`. */
export function createCookieBrowser(send: typeof fetch = fetch): CookieBrowser {
  const jar = new CookieJar();
  const request = async (url: string | URL, init: RequestInit = {}) => {
    const href = String(url);
    const headers = new Headers(init.headers);
    const cookie = await jar.getCookieString(href);
    if (cookie) headers.set('cookie', cookie);
    const response = await send(href, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie())
      await jar.setCookie(line, href, { ignoreError: true });
    return response;
  };
  const open = async (url: string | URL, init: RequestInit = {}): Promise<Page> => {
    let at = new URL(url);
    let response = await request(at, init);
    for (let hop = 0; hop < maxHops; hop++) {
      const text = await response.text();
      const next = nextAddress(response, text, at);
      if (!next) return { url: at, status: response.status, text, headers: response.headers };
      at = next;
      response = await request(at);
    }
    throw new Error('Too many redirects.');
  };
  return {
    jar,
    request,
    open,
    submit: (page, action, fields = {}) =>
      open(new URL(action, page), {
        method: 'POST',
        headers: { origin: page.origin, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams(fields),
      }),
  };
}

function nextAddress(response: Response, text: string, at: URL): URL | undefined {
  const location = response.headers.get('location');
  if (location) return new URL(location, at);
  const refresh = /<meta http-equiv="refresh" content="0; url=([^"]+)"/.exec(text)?.[1];
  return refresh === undefined ? undefined : new URL(refresh.replaceAll('&amp;', '&'), at);
}
