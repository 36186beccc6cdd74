import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { VirtualClock } from '#platform/clock.ts';
import { openCardAuthority } from '../../src/sandbox/pki/index.ts';
import { temporaryDirectory } from './databases.ts';

export interface ReceivedMail {
  mail: ParsedMail;
  /** Whether it came over TLS. */
  secure: boolean;
  user: unknown;
  recipients: string[];
}

export interface MailServer {
  port: number;
  /** Mails so far, oldest first. */
  inbox: ReceivedMail[];
  /** Waits until so many have come. */
  received(count: number): Promise<ReceivedMail[]>;
  stop(): Promise<void>;
}

export interface MailServerOptions {
  /** A port that was free before; any unless told. */
  port?: number;
  /** Certificate and key for STARTTLS, or for TLS from the first byte. */
  tls?: { cert: string; key: string };
  secure?: boolean;
  auth?: { user: string; password: string };
  /** The response code that answers this recipient or this mail. */
  refuse?: { recipient?: (address: string) => number | undefined; mail?: () => number | undefined };
}

/** A mail server that is not ours, on loopback. */
export async function startMailServer(t: TestContext, options: MailServerOptions = {}): Promise<MailServer> {
  const { tls, auth, refuse, secure = false } = options;
  const inbox: ReceivedMail[] = [];
  const arrivals = new EventTarget();
  const server = new SMTPServer({
    ...tls,
    secure,
    authOptional: !auth,
    hideSTARTTLS: !tls,
    allowInsecureAuth: true,
    logger: false,
    onAuth({ username, password }, _session, answer) {
      if (username === auth?.user && password === auth?.password) return answer(null, { user: username });
      return answer(refusal(535));
    },
    onRcptTo({ address }, _session, answer) {
      const code = refuse?.recipient?.(address);
      return answer(code ? refusal(code, address) : null);
    },
    async onData(stream, session, answer) {
      const mail = await simpleParser(stream);
      const code = refuse?.mail?.();
      if (code) return answer(refusal(code));
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      inbox.push({ mail, secure: session.secure, user: session.user, recipients });
      arrivals.dispatchEvent(new Event('mail'));
      return answer(null);
    },
  });
  // A client that goes away in the middle is no error of the test.
  server.on('error', () => {});
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  const stop = () => new Promise<void>((resolve) => server.close(resolve));
  t.after(stop);
  return {
    port: (server.server.address() as AddressInfo).port,
    inbox,
    async received(count) {
      while (inbox.length < count) await once(arrivals, 'mail');
      return inbox;
    },
    stop,
  };
}

/** A certificate for `localhost` with its key, and the authority that made it. */
export async function createTlsFiles(t: TestContext) {
  const dir = await temporaryDirectory(t);
  const { server, rootPem } = await openCardAuthority({ dir, clock: new VirtualClock() });
  return { tls: server, ca: rootPem };
}

function refusal(responseCode: number, address = ''): Error {
  return Object.assign(new Error(`refused ${address}`), { responseCode });
}
