import type { Defence } from './defence.ts';

const callback = 'tests/attacks/relying-party-callback.test.ts';
const tokens = 'tests/attacks/relying-party-tokens.test.ts';
const logoutToken = 'tests/attacks/relying-party-logout-token.test.ts';
const fixation = 'tests/attacks/session-fixation.test.ts';
const claims = 'tests/attacks/portal-claims.test.ts';
const markup = 'tests/attacks/markup.test.ts';

export const defences: Defence[] = [
  {
    name: 'the signature of an ID token is verified',
    file: 'src/relying-party/issuer.ts',
    from: 'openid.enableNonRepudiationChecks, ',
    to: '',
    tests: [tokens],
  },
  {
    name: 'userinfo is about whom the ID token is about',
    file: 'src/relying-party/finish-sign-in.ts',
    from: 'openid.fetchUserInfo(configuration, tokens.access_token, sub)',
    to: 'openid.fetchUserInfo(configuration, tokens.access_token, openid.skipSubjectCheck)',
    tests: [tokens],
  },
  {
    name: 'an answer is for the browser that was sent away',
    file: 'src/relying-party/login-store.ts',
    from: ".where('secret_hash', '=', key.secretHash)",
    to: '',
    tests: [callback],
  },
  {
    name: 'an answer needs the cookie of its request',
    file: 'src/relying-party/finish-sign-in.ts',
    from: 'if (!state || !secret) return undefined;',
    to: 'if (!state) return undefined;',
    tests: [callback],
  },
  {
    name: 'an answer is taken once',
    file: 'src/relying-party/login-store.ts',
    from: `.deleteFrom('relying_party_login')
        .where('id_hash'`,
    to: `.updateTable('relying_party_login').set({ party })
        .where('id_hash'`,
    tests: [callback],
  },
  {
    name: 'a session is named anew at each sign-in',
    file: 'src/relying-party/finish-sign-in.ts',
    from: '  const secret = newSecret();',
    to: '  const secret = getSiteCookie(c, sessionCookie) ?? newSecret();',
    tests: [callback, fixation],
  },
  {
    name: 'the session that a browser had before ends',
    file: 'src/relying-party/finish-sign-in.ts',
    from: 'if (former) await parts.sessions.end(unit, hashSecret(former));',
    to: '',
    tests: [fixation],
  },
  {
    name: 'a sign-in is initiated for our own issuer',
    file: 'src/relying-party/relying-party.ts',
    from: 'if (data?.iss !== (await parts.issuer.identifier()))',
    to: 'if (false)',
    tests: [callback],
  },
  {
    name: 'the target of an initiated sign-in is of this site',
    file: 'src/relying-party/relying-party.ts',
    from: 'if (url?.origin !== siteUrl.origin) return fallback;',
    to: 'if (url) return url.href;',
    tests: [callback],
  },
  {
    name: 'secrets are kept as hashes',
    file: 'src/relying-party/secrets.ts',
    from: "return createHash('sha256').update(secret).digest('base64url');",
    to: 'return secret;',
    tests: [callback],
  },
  {
    name: 'a logout token works once',
    file: 'src/relying-party/back-channel-logout.ts',
    from: 'if (!(await sessions.recordLogoutToken(unit, idHash, now, now + logoutTokenKeptMs))) return false;',
    to: 'await sessions.recordLogoutToken(unit, idHash, now, now + logoutTokenKeptMs);',
    tests: [logoutToken],
  },
  {
    name: 'a logout token is for this client',
    file: 'src/relying-party/logout-token.ts',
    from: '      audience,\n',
    to: '',
    tests: [logoutToken],
  },
  {
    name: 'a logout token is of our issuer',
    file: 'src/relying-party/logout-token.ts',
    from: 'issuer: await issuer.identifier(),',
    to: '',
    tests: [logoutToken],
  },
  {
    name: 'a logout token is young',
    file: 'src/relying-party/logout-token.ts',
    from: 'maxTokenAge: logoutTokenMaxAgeSeconds,',
    to: '',
    tests: [logoutToken],
  },
  {
    name: 'a logout token says that it is one',
    file: 'src/relying-party/logout-token.ts',
    from: 'events: z.object({ [event]: z.object({}) }),',
    to: '',
    tests: [logoutToken],
  },
  {
    name: 'an ID token is no logout token',
    file: 'src/relying-party/logout-token.ts',
    from: 'nonce: z.never().optional(),',
    to: '',
    tests: [logoutToken],
  },
  {
    name: 'an identifier in claims is one identifier before the directory is asked',
    file: 'src/portal/person.ts',
    from: '/^8\\d{11}$/.test(idNatPs)',
    to: "idNatPs.startsWith('8')",
    tests: [claims],
  },
  {
    name: 'the address of a repair is one of the web',
    file: 'src/portal/person.ts',
    from: 'z.url({ protocol: /^https?$/ })',
    to: 'z.string()',
    tests: [markup],
  },
  {
    name: 'names are text',
    file: 'src/platform/html/layout.ts',
    from: `<span class="person">\${name}</span>`,
    to: `<span class="person">\${raw(name)}</span>`,
    tests: [markup],
  },
  {
    name: 'pages about a person are stored nowhere',
    file: 'src/platform/http/security-headers.ts',
    from: "'cache-control': 'no-store',",
    to: '',
    tests: [claims],
  },
];
