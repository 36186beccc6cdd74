import type { HttpBindings } from '@hono/node-server';
import type { Locale } from '../html/messages.ts';

/** Every part has its own listener and base URL: in real life they are different sites. */
export const listenerNames = [
  'portal',
  'connect',
  'wallet',
  'app',
  'directory',
  'sandbox',
  'card',
  'mtls',
] as const;
export type ListenerName = (typeof listenerNames)[number];

/** One listener as the outside sees it. */
export interface Site {
  readonly name: ListenerName;
  /** Public base URL: an origin, no path. */
  readonly url: URL;
  readonly title: Record<Locale, string>;
  /** Whether the sandbox's banner is shown and loopback rules apply. */
  readonly sandbox: boolean;
}

export type AppEnv = { Bindings: HttpBindings; Variables: { site: Site; locale: Locale } };
