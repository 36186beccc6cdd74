import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { errors } from '../errors.ts';
import { lookupOf } from '../loopback-lookup.ts';

/** A page, or a step on the way to one. */
export interface Answer {
  url: URL;
  status: number;
  /** Where a redirect, or a page that refreshes itself at once, leads. */
  next: URL | undefined;
  html: string;
}

/** A browser without a screen: cookies, forms, redirects one by one. Throws `sign_in.unanswered`. */
export interface ScriptedBrowser {
  get(url: URL): Promise<Answer>;
  post(url: URL, fields: Record<string, string>): Promise<Answer>;
}

const timeoutMs = 15_000;

export async function openScriptedBrowser(authorityPem: string): Promise<ScriptedBrowser> {
  // Its list of public suffixes takes 10 MiB, which a sandbox that nobody scripts need not carry.
  const { CookieJar } = await import('tough-cookie');
  const jar = new CookieJar();

  async function send(url: URL, body?: string): Promise<Answer> {
    const headers = {
      accept: 'text/html',
      cookie: await jar.getCookieString(url.href),
      ...bodyHeaders(url, body),
    };
    const answer = await open(url, { ca: authorityPem, headers }, body);
    for (const cookie of answer.headers['set-cookie'] ?? []) await jar.setCookie(cookie, url.href);
    const html = await text(answer);
    return { url, status: answer.statusCode ?? 0, html, next: findNext(url, answer.headers.location, html) };
  }

  return {
    get: (url) => send(url),
    post: (url, fields) => send(url, new URLSearchParams(fields).toString()),
  };
}

function bodyHeaders(url: URL, body: string | undefined): Record<string, string> {
  if (body === undefined) return {};
  return {
    origin: url.origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
  };
}

interface Sent {
  ca: string;
  headers: Record<string, string>;
}

function open(url: URL, sent: Sent, body: string | undefined): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const method = body === undefined ? 'GET' : 'POST';
  return new Promise((resolve, reject) => {
    const request = send(url, { ...sent, ...lookupOf(url), method, timeout: timeoutMs }, resolve);
    request.on('timeout', () => request.destroy());
    request.on('error', () => reject(errors('sign_in.unanswered')));
    request.end(body);
  });
}

const refresh = /<meta http-equiv="refresh" content="0; ?url=([^"]*)"/i;

function findNext(url: URL, location: string | undefined, html: string): URL | undefined {
  const target = location ?? refresh.exec(html)?.[1]?.replaceAll('&amp;', '&');
  return target === undefined ? undefined : (URL.parse(target, url) ?? undefined);
}
