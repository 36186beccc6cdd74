import nodemailer from 'nodemailer';
import { FinalFailure, JobFailure, type JobHandlers } from '../jobs/job-handler.ts';
import type { Jobs } from '../jobs/job-queue.ts';
import type { Mail, MailSender } from './mail-sender.ts';

/** A mail server that takes our mails. */
export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte (`smtps:`); else STARTTLS where the server offers it. */
  secure: boolean;
  /** Nothing is said in clear: no STARTTLS, no mail; and the server's certificate must be good. */
  requireTls: boolean;
  auth?: { user: string; password: string };
  /** PEM of further authorities; the system's unless told. */
  ca?: string;
}

export interface MailAddress {
  /** Display name; may be empty. */
  name: string;
  address: string;
}

export interface SmtpMailSender extends MailSender {
  /** For `startJobs`. */
  jobHandlers: JobHandlers;
}

export interface SmtpDependencies {
  jobs: Jobs;
  server: SmtpServer;
  from: MailAddress;
}

/** A mail as the queue keeps it. */
type Queued = Omit<Mail, 'images'> & { images: { cid: string; contentType: string; base64: string }[] };

const deliver = 'mail.deliver';
const timeouts = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};

/**
 * Hands mails to a server through the job queue: one that is down delays them and loses none. No address reaches
 * the log, nor any text of the server, which may repeat one.
 */
export function createSmtpMailSender({ jobs, server, from }: SmtpDependencies): SmtpMailSender {
  const transport = nodemailer.createTransport({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: server.requireTls,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: server.requireTls,
      ...(server.ca ? { ca: server.ca } : {}),
    },
    ...(server.auth ? { auth: { user: server.auth.user, pass: server.auth.password } } : {}),
    ...timeouts,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);

  async function send(mail: Queued, id: string, signal: AbortSignal): Promise<void> {
    const { to, subject, text, html, images } = mail;
    const message = {
      from,
      to: { name: '', address: to },
      subject,
      text,
      html,
      attachments: images.map(toAttachment),
      // The same on every try: whoever gets a mail twice can tell.
      messageId: `<${id}@${domain}>`,
      // RFC 3834: no automatic answers, please.
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal,
    };
    await transport.sendMail(message).catch((error: unknown) => {
      throw toFailure(error);
    });
  }

  return {
    send: (unit, mail) => jobs.enqueue(unit, deliver, toQueued(mail)),
    jobHandlers: {
      [deliver]: {
        async run(payload, { id, signal }) {
          await send(payload as Queued, id, signal);
          return undefined;
        },
      },
    },
  };
}

function toQueued({ to, subject, text, html, images = [] }: Mail): Queued {
  const kept = images.map(({ content, ...image }) => ({
    ...image,
    base64: Buffer.from(content).toString('base64'),
  }));
  return { to, subject, text, html, images: kept };
}

function toAttachment({ cid, contentType, base64 }: Queued['images'][number]) {
  return {
    cid,
    contentType,
    filename: `${cid}.${contentType.slice(contentType.indexOf('/') + 1)}`,
    contentDisposition: 'inline' as const,
    content: Buffer.from(base64, 'base64'),
  };
}

/** Steps whose refusal concerns this mail alone, so that asking again would not help (RFC 5321, 4.2.1). */
const aboutThisMail = new Set(['RCPT TO', 'DATA']);

function toFailure(error: unknown): JobFailure {
  const { command, responseCode, originalCode, code } = (error ?? {}) as Record<string, unknown>;
  const known = [command, responseCode ?? originalCode ?? code].filter(Boolean).join(' ');
  const message = `SMTP: ${known || 'unknown failure'}`;
  const refused = Number(responseCode) >= 500 && aboutThisMail.has(String(command));
  const malformed = code === 'EENVELOPE' && command === 'API';
  return refused || malformed ? new FinalFailure(message) : new JobFailure(message);
}
