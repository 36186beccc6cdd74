import { constants } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ServerOptions } from 'node:https';
import { TLSSocket } from 'node:tls';
import { isOwnHost, refuseHost } from '#platform/http/host.ts';
import { nameRoute } from '#platform/http/log-requests.ts';
import { referenceOf } from '#platform/http/reference.ts';
import type { Site } from '#platform/http/site.ts';
import type { Logger } from '#platform/logger.ts';
import type { Reader } from './card-attempt-store.ts';
import type { PresentedCard } from './verify-certificate.ts';

/** The virtual reader sends this header with `virtual`, so that a new try goes back to it. */
export const readerHeader = 'hygie-reader';

/** What TLS has to do: ask for a certificate, and refuse nobody, since the application judges it and says why not. */
export const clientTlsOptions = (trust: {
  roots: readonly string[];
  intermediates: readonly string[];
}): ServerOptions => ({
  ca: [...trust.roots, ...trust.intermediates],
  requestCert: true,
  rejectUnauthorized: false,
  minVersion: 'TLSv1.2',
  ALPNProtocols: ['http/1.1'],
  // Without tickets there is nothing to resume: a resumed session would pass without the card.
  secureOptions: constants.SSL_OP_NO_TICKET,
});

export interface CardListenerDependencies {
  site: Site;
  /** Address of a host of its own for one attempt, with `{attempt}`. */
  ownHostTemplate: string;
  /** Where the wallet says that there is no such attempt any more. */
  unknownAttemptUrl: string;
  /** Judges the card and tells the address that goes on; `undefined` where nothing waits for it. */
  answerAttempt(attemptId: string, card: PresentedCard, reader: Reader): Promise<string | undefined>;
  logger: Logger;
}

/** Answers each request with 303 to the wallet: this listener shows nothing itself. */
export function createCardListener(dependencies: CardListenerDependencies): RequestListener {
  const labelSuffix = new URL(dependencies.ownHostTemplate.replace('{attempt}', 'attempt')).host.slice(
    'attempt'.length,
  );
  const served = new WeakSet<object>();
  return (req, res) => {
    // One handshake shows a card once: what was sent behind the first request is not heard.
    if (served.has(req.socket)) return;
    served.add(req.socket);
    const label = findLabel(req, labelSuffix);
    if (label === undefined && !isOwnHost(req.headers.host, dependencies.site)) return refuseHost(res);
    void findTarget(req, label, dependencies).then((target) => redirect(res, target));
  };
}

async function findTarget(
  req: IncomingMessage,
  label: string | undefined,
  dependencies: CardListenerDependencies,
): Promise<string> {
  const { answerAttempt, unknownAttemptUrl, logger } = dependencies;
  const attemptId = label ?? findPathAttempt(req);
  if (req.method !== 'GET' || attemptId === undefined) return unknownAttemptUrl;
  nameRoute(req, '/:attempt');
  try {
    return (await answerAttempt(attemptId, presentedCard(req), readerOf(req))) ?? unknownAttemptUrl;
  } catch (error) {
    const reference = referenceOf(req);
    logger.error({ reference, err: error }, 'request failed');
    return `${unknownAttemptUrl}?reference=${reference}`;
  }
}

function redirect(res: ServerResponse, location: string): void {
  res.writeHead(303, {
    location,
    'cache-control': 'no-store',
    'content-length': '0',
    'referrer-policy': 'no-referrer',
    // The next attempt needs a handshake of its own.
    connection: 'close',
  });
  res.end();
}

const attemptLabel = /^[a-z2-7]{32}$/;

function findLabel({ headers: { host = '' } }: IncomingMessage, suffix: string): string | undefined {
  const label = host.endsWith(suffix) ? host.slice(0, -suffix.length) : '';
  return attemptLabel.test(label) ? label : undefined;
}

function findPathAttempt({ url = '' }: IncomingMessage): string | undefined {
  const [, segment = ''] = /^\/([^/?]*)(?:\?|$)/.exec(url) ?? [];
  return attemptLabel.test(segment) ? segment : undefined;
}

const readerOf = ({ headers }: IncomingMessage): Reader =>
  headers[readerHeader] === 'virtual' ? 'first' : 'own';

/** No TLS, no card. */
function presentedCard({ socket }: IncomingMessage): PresentedCard {
  if (!(socket instanceof TLSSocket)) return { certificate: undefined, sessionReused: false };
  return { certificate: socket.getPeerX509Certificate()?.raw, sessionReused: socket.isSessionReused() };
}
