import { createHash, randomBytes } from 'node:crypto';
import type { CookieBrowser, Page } from './cookie-browser.ts';
import { demoId, demoSecret, type ProviderSite } from './provider-site.ts';

/** A client written by hand, so that tests can send what a library would not. */
export interface AuthorizationOptions {
  clientId?: string;
  redirectUri?: string;
  scope?: string;
  [parameter: string]: string | undefined;
}

export const demoRedirect = 'http://localhost:1/callback';
export const verifier = randomBytes(32).toString('base64url');
export const challenge = createHash('sha256').update(verifier).digest('base64url');

export function authorizationUrl(site: ProviderSite, options: AuthorizationOptions = {}): URL {
  const { clientId = demoId, redirectUri = demoRedirect, scope = 'openid scope_all', ...more } = options;
  const url = new URL('/auth', site.walletUrl);
  const parameters = {
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    response_type: 'code',
    state: 'the state',
    nonce: 'the nonce',
    acr_values: 'eidas1',
    ...more,
  };
  for (const [name, value] of Object.entries(parameters)) if (value) url.searchParams.set(name, value);
  return url;
}

/** Opens an authorization request; the sign-in page, or where the browser was sent with an answer. */
export async function authorize(
  browser: CookieBrowser,
  site: ProviderSite,
  options: AuthorizationOptions = {},
): Promise<Page> {
  return openUntilService(browser, site, authorizationUrl(site, options));
}

/** Follows redirects on wallet and connect; an address of a service is not opened. */
export async function openUntilService(
  browser: CookieBrowser,
  site: ProviderSite,
  url: string | URL,
  init?: RequestInit,
): Promise<Page> {
  let at = new URL(url);
  let response = await browser.request(at, init);
  for (let hop = 0; hop < 12; hop++) {
    const text = await response.text();
    const next = nextAddress(response, text, at);
    if (!next) return { url: at, status: response.status, text, headers: response.headers };
    at = next;
    if (at.host !== site.walletUrl.host && at.host !== site.connectUrl.host)
      return { url: at, status: 0, text: '', headers: new Headers() };
    response = await browser.request(at);
  }
  throw new Error('Too many redirects.');
}

function nextAddress(response: Response, text: string, at: URL): URL | undefined {
  const location = response.headers.get('location');
  if (location) return new URL(location, at);
  const refresh = /<meta http-equiv="refresh" content="0; url=([^"]+)"/.exec(text)?.[1];
  return refresh === undefined ? undefined : new URL(refresh.replaceAll('&amp;', '&'), at);
}

/** Presses **Carte CPS** on a sign-in page; the reader answers as the site was told. */
export function presentCard(browser: CookieBrowser, site: ProviderSite, page: Page): Promise<Page> {
  return submit(browser, site, page, `${page.url.pathname}/carte`);
}

export function submit(
  browser: CookieBrowser,
  site: ProviderSite,
  page: Page,
  action: string,
  fields: Record<string, string> = {},
): Promise<Page> {
  return openUntilService(browser, site, new URL(action, page.url), {
    method: 'POST',
    headers: { origin: page.url.origin, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });
}

/** A whole sign-in by card, up to the code. */
export async function signIn(
  browser: CookieBrowser,
  site: ProviderSite,
  options: AuthorizationOptions = {},
): Promise<string> {
  const page = await presentCard(browser, site, await authorize(browser, site, options));
  return codeOf(page);
}

export function codeOf({ url }: Page): string {
  const code = url.searchParams.get('code');
  if (!code) throw new Error(`No code in the answer: ${url.searchParams}`);
  return code;
}

export interface Tokens {
  access_token: string;
  id_token: string;
  refresh_token: string;
  [member: string]: unknown;
}

type Issuer = Pick<ProviderSite, 'issuer'>;

export function tokenRequest(
  site: Issuer,
  body: Record<string, string>,
  path = '/protocol/openid-connect/token',
): Promise<Response> {
  return fetch(`${site.issuer}${path}`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: demoId, client_secret: demoSecret, ...body }),
  });
}

export async function redeem(
  site: ProviderSite,
  code: string,
  more: Record<string, string> = {},
): Promise<Tokens> {
  const body = { grant_type: 'authorization_code', code, redirect_uri: demoRedirect, ...more };
  const response = await tokenRequest(site, body);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Tokens;
}

export function refresh(site: Issuer, refreshToken: string): Promise<Response> {
  return tokenRequest(site, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

export function userinfo(site: Issuer, accessToken: string): Promise<Response> {
  return fetch(`${site.issuer}/protocol/openid-connect/userinfo`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
}

export async function introspect(site: ProviderSite, token: string): Promise<Record<string, unknown>> {
  const response = await tokenRequest(site, { token }, '/protocol/openid-connect/token/introspect');
  return (await response.json()) as Record<string, unknown>;
}
