import { request } from 'node:https';
import { readerHeader } from '#smart-card';
import { errors } from '../errors.ts';
import { lookupOf } from '../loopback-lookup.ts';
import type { Card } from '../pki/index.ts';

/** How the virtual reader reaches the card listener. */
export interface CardListener {
  /** Base URL, as in `listening.json`. */
  url: URL;
  /** What vouches for the listener's certificate. */
  authorityPem: string;
}

const timeoutMs = 10_000;

/**
 * Shows a card, or none, to the card listener for one attempt: a TLS handshake of its own, with the card's key.
 * Resolves to where the listener sends the browser, whatever it thought of the card.
 * Throws `reader.unanswered`.
 */
export async function presentCard(
  { url, authorityPem }: CardListener,
  attempt: string,
  card: Card | undefined,
): Promise<string> {
  const { status, location } = await ask(new URL(`/${attempt}`, url), {
    ca: authorityPem,
    ...(card && { cert: card.certificatePem, key: card.privateKeyPem }),
  });
  if (status !== 303 || !location) throw errors('reader.unanswered');
  return location;
}

interface Answer {
  status: number;
  location: string | undefined;
}

function ask(url: URL, credentials: { ca: string; cert?: string; key?: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      ...credentials,
      ...lookupOf(url),
      agent: false,
      timeout: timeoutMs,
      headers: { [readerHeader]: 'virtual' },
    };
    const sent = request(url, options, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => reject(errors('reader.unanswered')));
    sent.end();
  });
}
