import { readActivationToken, readRpps } from '#ecps-phone';
import { activationPath, sandboxFragment, tokenPrefix } from '../../../src/authenticator/wire.ts';

/** Screens that have an address of their own: the browser's Back leaves them. */
export const routes = {
  home: '',
  request: '#demande',
  paste: '#coller',
  scan: '#scanner',
  settings: '#parametres',
  changePassword: '#parametres/mot-de-passe',
  deactivate: '#parametres/desactiver',
} as const;
export type Route = keyof typeof routes;

export interface ActivationLink {
  token: string;
  /** The enrolment that it goes on with, which the token names. */
  enrolmentId: string;
  /** `card`: any phone may redeem it; `mail`: only the one that asked. */
  kind: 'mail' | 'card';
}

/** What the address of the app says. */
export interface Address {
  route: Route;
  link: ActivationLink | undefined;
  rpps: string | undefined;
  /** The parameters by which a sandbox opens the app. */
  opening: URLSearchParams;
}

export function readAddress(href: string): Address {
  const url = new URL(href);
  const { own, opening } = splitFragment(url.hash);
  url.hash = own;
  return {
    route: findRoute(url.hash),
    link: findLink(url.href, url.origin),
    rpps: readRpps(url.href, url.origin),
    opening,
  };
}

/** The link that a person opened, scanned or pasted; `undefined` for anything else. */
export function findLink(text: string, origin: string): ActivationLink | undefined {
  const token = readActivationToken(text, origin);
  if (token === undefined) return undefined;
  const [prefix, enrolmentId = ''] = token.split('.');
  return { token, enrolmentId, kind: prefix === tokenPrefix.card ? 'card' : 'mail' };
}

export const linkAddress = (token: string): string => `${location.origin}${activationPath}#${token}`;

function findRoute(hash: string): Route {
  const names = Object.keys(routes) as Route[];
  return names.find((name) => routes[name] === hash) ?? 'home';
}

const openingNames = new Set<string>(Object.values(sandboxFragment));

function splitFragment(hash: string): { own: string; opening: URLSearchParams } {
  const parts = hash.slice(1).split('&');
  const isOpening = (part: string) => openingNames.has(part.split('=')[0] ?? '');
  return {
    own: parts.filter((part) => !isOpening(part)).join('&'),
    opening: new URLSearchParams(parts.filter(isOpening).join('&')),
  };
}
