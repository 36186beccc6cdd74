import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { demoId, demoSecret } from '../support/provider-site.ts';
import { type ServedSandbox, signInAtService, startServedSandbox } from '../support/served-sandbox.ts';

const modules = '/usr/lib/apache2/modules';
const skip = existsSync(join(modules, 'mod_auth_openidc.so'))
  ? false
  : 'Apache is not installed here (Debian: apache2, libapache2-mod-auth-openidc).';

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** As ANS' own sample configures it, its host changed; each page tells what the module has found. */
function configure(folder: string, port: number, { issuer }: ServedSandbox): string {
  const load = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'headers', 'rewrite', 'auth_openidc'];
  return `ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data\n' : ''}PidFile ${folder}/pid
ErrorLog ${folder}/error.log
LogLevel warn
DocumentRoot ${folder}/pages
${load.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
OIDCProviderMetadataURL ${issuer}/.well-known/wallet-openid-configuration
OIDCClientID ${demoId}
OIDCClientSecret ${demoSecret}
OIDCProviderTokenEndpointAuth client_secret_post
OIDCRedirectURI http://localhost:${port}/redirect_uri
OIDCDefaultLoggedOutURL http://localhost:${port}/au-revoir.html
OIDCCryptoPassphrase a-passphrase-of-the-test
OIDCScope "openid scope_all"
OIDCAuthRequestParams acr_values=eidas1
OIDCPKCEMethod S256
OIDCRemoteUserClaim SubjectNameID
OIDCCookieSameSite On
OIDCSSLValidateServer Off
# A browser of tests says of itself that it is a script.
OIDCUnAuthAction auth "-n '%{REQUEST_URI}'"
<Location /redirect_uri>
  AuthType openid-connect
  Require valid-user
</Location>
<Location /prive.html>
  AuthType openid-connect
  Require valid-user
  Header set X-Found "expr=%{REMOTE_USER}"
  Header set X-Token "expr=%{reqenv:OIDC_access_token}"
</Location>
`;
}

async function startApache(t: TestContext, sandbox: ServedSandbox): Promise<URL> {
  const folder = await temporaryDirectory(t);
  const port = await findPort();
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'pages'));
  for (const page of ['prive', 'au-revoir']) await writeFile(join(folder, 'pages', `${page}.html`), page);
  await writeFile(join(folder, 'apache.conf'), configure(folder, port, sandbox));
  const child = spawn('/usr/sbin/apache2', ['-X', '-f', join(folder, 'apache.conf')], { stdio: 'inherit' });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  t.after(async () => {
    child.kill('SIGTERM');
    await gone;
  });
  const url = new URL(`http://localhost:${port}`);
  await untilItAnswers(url, () => child.exitCode);
  return url;
}

async function untilItAnswers(url: URL, exitCode: () => number | null): Promise<void> {
  while (exitCode() === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error('Apache does not start.');
}

test('Apache with mod_auth_openidc signs in, renews its token and signs out', { skip }, async (t) => {
  const sandbox = await startServedSandbox(t);
  const apache = await startApache(t, sandbox);
  const browser = createCookieBrowser();
  const page = new URL('/prive.html', apache);
  const open = await signInAtService(sandbox, browser, page);
  assert.equal(open.text, 'prive');
  assert.equal(open.headers.get('x-found')?.split('@')[0], sandbox.persona.idNatPs);
  const token = open.headers.get('x-token') ?? '';
  assert.match(token, /^ey/);

  const hook = new URL('/redirect_uri', apache);
  hook.search = String(new URLSearchParams({ refresh: page.href, access_token: token }));
  const renewed = await browser.open(hook);
  assert.equal(renewed.text, 'prive');
  assert.notEqual(renewed.headers.get('x-token'), token);

  const out = new URL('/redirect_uri', apache);
  out.search = String(new URLSearchParams({ logout: new URL('/au-revoir.html', apache).href }));
  const end = await browser.open(out);
  assert.equal(end.text, 'au-revoir');
  const again = await browser.open(page);
  assert.equal(again.url.host, sandbox.walletUrl.host);
  assert.equal(again.status, 200, 'asked to sign in again: the session has ended on both sides');
});
