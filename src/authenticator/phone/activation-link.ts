import { activationPath, rppsFragment } from '../wire.ts';

const tokenShape = /^[\w.-]{40,200}$/;

/**
 * The token of an activation address as it was scanned, pasted or opened; `undefined` where it is none of this app's.
 * The address must be of the app's own origin: a token is sent to nobody else.
 */
export function readActivationToken(text: string, appUrl: string | URL): string | undefined {
  const url = parseOwnUrl(text, appUrl);
  const [token = ''] = url?.hash.slice(1).split('&') ?? [];
  return url?.pathname === activationPath && tokenShape.test(token) ? token : undefined;
}

/** The RPPS number in the fragment of the app's address. */
export function readRpps(text: string, appUrl: string | URL): string | undefined {
  const fragment = new URLSearchParams(parseOwnUrl(text, appUrl)?.hash.slice(1) ?? '');
  const rpps = fragment.get(rppsFragment) ?? '';
  return /^\d{11}$/.test(rpps) ? rpps : undefined;
}

function parseOwnUrl(text: string, appUrl: string | URL): URL | undefined {
  const url = URL.parse(text.trim());
  return url && url.origin === new URL(appUrl).origin ? url : undefined;
}
