import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLink, readAddress } from './address.ts';

const origin = 'http://localhost:4003';
const token = `m.enr_a.${'x'.repeat(43)}`;

test('an activation address names its token, its enrolment and its proof', () => {
  const { link, route } = readAddress(`${origin}/activation#${token}`);
  assert.deepEqual(link, { token, enrolmentId: 'enr_a', kind: 'mail' });
  assert.equal(route, 'home');
  assert.equal(findLink(`${origin}/activation#${token.replace('m.', 'c.')}`, origin)?.kind, 'card');
});

test('a link of another site, or with a part missing, is none', () => {
  assert.equal(findLink(`https://example.org/activation#${token}`, origin), undefined);
  assert.equal(findLink(`${origin}/activation#m.enr_a`, origin), undefined);
  assert.equal(findLink('bonjour', origin), undefined);
});

test('a link pasted with spaces around it, or with a sandbox’s parameters behind it, is read', () => {
  assert.equal(findLink(`  ${origin}/activation#${token}\n`, origin)?.token, token);
  assert.equal(findLink(`${origin}/activation#${token}&bac-a-sable=a&monde=b`, origin)?.token, token);
});

test('the parameters of a sandbox are kept apart from the screen, the token and the number', () => {
  const opened = readAddress(`${origin}/activation#${token}&bac-a-sable=infirmier-rpps&monde=w&jeton=t`);
  assert.equal(opened.link?.token, token);
  assert.deepEqual(Object.fromEntries(opened.opening), {
    'bac-a-sable': 'infirmier-rpps',
    monde: 'w',
    jeton: 't',
  });
  assert.equal(readAddress(`${origin}/#parametres`).route, 'settings');
  assert.equal(readAddress(`${origin}/#rpps=99700000013&bac-a-sable=a`).rpps, '99700000013');
});
