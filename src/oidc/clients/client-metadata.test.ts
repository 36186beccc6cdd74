import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initiateLoginUrl, isLoopbackAddress } from './client-metadata.ts';

test('a loopback address may have any port and path', () => {
  for (const uri of [
    'http://localhost',
    'http://localhost:3000/callback?x=1',
    'http://127.0.0.1:65535/',
    'http://[::1]:8080/a/b',
  ])
    assert.equal(isLoopbackAddress(uri), true, uri);
});

test('everything that is not plainly loopback is refused', () => {
  for (const uri of [
    'https://localhost/',
    'http://localhost.evil.example/',
    'http://evil.example/',
    'http://user@localhost/',
    'http://localhost@evil.example/',
    'http://localhost:80@evil.example/',
    'http://localhost/#fragment',
    'http://127.1/',
    'http://2130706433/',
    'http:\\\\localhost/',
    'http://localhost\\.evil.example/',
    ' http://localhost/',
    'http://localhost/\n',
    'http://LOCALHOST/',
    'javascript:alert(1)',
    '',
  ])
    assert.equal(isLoopbackAddress(uri), false, uri);
});

test('a relative initiate_login_uri is resolved at the origin of the redirect_uri, and told the issuer', () => {
  const issuer = 'http://localhost:4001/realm';
  const iss = `iss=${encodeURIComponent(issuer)}`;
  const client = { local_initiate_login_uri: '/login' };
  assert.equal(
    initiateLoginUrl(client, 'http://localhost:3000/a/cb?x=1', issuer),
    `http://localhost:3000/login?${iss}`,
  );
  assert.equal(initiateLoginUrl(client, undefined, issuer), undefined);
  assert.equal(
    initiateLoginUrl({ initiateLoginUri: 'https://p.example/go?a=1' }, undefined, issuer),
    `https://p.example/go?a=1&${iss}`,
  );
});
