import type { MailAddress, SmtpServer } from '#platform/mail/smtp-mail-sender.ts';
import type { Environment } from './env.ts';
import { isLoopback } from './loopback.ts';

export interface SmtpConfig {
  server: SmtpServer;
  from: MailAddress;
}

/** @throws Error whose sentence says which variable to change. */
export function createSmtpConfig({ HYGIE_SMTP_URL, HYGIE_MAIL_FROM }: Environment): SmtpConfig | undefined {
  if (HYGIE_SMTP_URL === undefined) return undefined;
  if (HYGIE_MAIL_FROM === undefined)
    throw new Error(
      'HYGIE_MAIL_FROM: mails sent by HYGIE_SMTP_URL need an address that they come from, such as Hygie <no-reply@example.fr>.',
    );
  const server = parseSmtpServer(new URL(HYGIE_SMTP_URL));
  if (!isLoopback(server.host))
    throw new Error(
      'HYGIE_SMTP_URL: a sandbox gives its mails to a server on this machine only; the people it writes to are invented.',
    );
  return { server, from: parseMailAddress(HYGIE_MAIL_FROM) };
}

/** `smtp://user:password@host:587` or `smtps://host:465`; in clear on loopback only. */
export function parseSmtpServer(url: URL): SmtpServer {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'smtps:';
  return {
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTls: !isLoopback(host),
    ...(url.username
      ? {
          auth: { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
        }
      : {}),
  };
}

/** `Name <address>` or an address alone. */
export function parseMailAddress(text: string): MailAddress {
  const [, name = '', address = text] = /^(.*?)\s*<(.*)>$/.exec(text) ?? [];
  return { name, address };
}
