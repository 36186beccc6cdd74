import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConfig } from './config.ts';
import { parseEnvironment } from './env.ts';
import { parseMailAddress, parseSmtpServer } from './smtp.ts';

const from = 'Hygie <no-reply@example.fr>';
const smtpOf = (env: Record<string, string>) => createConfig(parseEnvironment(env)).smtp;

test('mails stay in the outbox unless a server is named', () => {
  assert.equal(smtpOf({}), undefined);
  assert.equal(smtpOf({ HYGIE_MAIL_FROM: from }), undefined);
});

test('a mail server is named by one address', () => {
  const smtp = smtpOf({ HYGIE_SMTP_URL: 'smtp://localhost:2525', HYGIE_MAIL_FROM: from });
  assert.deepEqual(smtp, {
    server: { host: 'localhost', port: 2525, secure: false, requireTls: false },
    from: { name: 'Hygie', address: 'no-reply@example.fr' },
  });
  assert.deepEqual(parseMailAddress('no-reply@example.fr'), { name: '', address: 'no-reply@example.fr' });
  assert.equal(parseSmtpServer(new URL('smtp://[::1]')).host, '::1');
});

test('off loopback TLS is required, and what is special in a password is encoded', () => {
  assert.deepEqual(parseSmtpServer(new URL('smtp://hygie%40example.fr:mot%2Fpasse@mail.example.fr')), {
    host: 'mail.example.fr',
    port: 587,
    secure: false,
    requireTls: true,
    auth: { user: 'hygie@example.fr', password: 'mot/passe' },
  });
  const { port, secure, requireTls } = parseSmtpServer(new URL('smtps://mail.example.fr'));
  assert.deepEqual({ port, secure, requireTls }, { port: 465, secure: true, requireTls: true });
});

test('what is wrong is said by the name of the variable, never by its value', () => {
  const refused: [Record<string, string>, RegExp][] = [
    [{ HYGIE_PORTAL_URL: 'secret' }, /^HYGIE_PORTAL_URL: must begin with http/],
    [{ HYGIE_SMTP_URL: 'http://secret' }, /^HYGIE_SMTP_URL: must begin with smtp/],
    [{ HYGIE_SMTP_URL: 'secret' }, /^HYGIE_SMTP_URL: must begin with smtp/],
    [{ HYGIE_SMTP_URL: 'smtp://secret@localhost' }, /^HYGIE_SMTP_URL: must hold both user and password/],
    [{ HYGIE_SMTP_URL: 'smtp://localhost/secret' }, /^HYGIE_SMTP_URL: .*no path/],
    [{ HYGIE_SMTP_URL: 'smtp://localhost?secret' }, /^HYGIE_SMTP_URL: .*no query/],
    [{ HYGIE_SMTP_URL: 'smtp://localhost' }, /^HYGIE_MAIL_FROM: .*need an address/],
    [
      { HYGIE_SMTP_URL: 'smtp://secret.example.fr', HYGIE_MAIL_FROM: from },
      /^HYGIE_SMTP_URL: .*this machine/,
    ],
    [{ HYGIE_MAIL_FROM: 'secret' }, /^HYGIE_MAIL_FROM: must be an address/],
    [{ HYGIE_MAIL_FROM: 'Hygie <secret>\r\nBcc: <a@b.fr>' }, /^HYGIE_MAIL_FROM: must be an address/],
  ];
  for (const [env, sentence] of refused)
    assert.throws(
      () => smtpOf(env),
      ({ message }: Error) => sentence.test(message) && !message.includes('secret'),
    );
});
