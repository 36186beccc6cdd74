import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNamed } from './distinguished-name.ts';

const subject = 'C=FR\nST=Paris (75)\nO=Cabinet Leroy\\, Rivière & fils\nOU=318751275100020\nCN=logiciel';

test('a subject is the registered name in either order, with or without blanks', () => {
  for (const name of [
    'CN=logiciel,OU=318751275100020,O=Cabinet Leroy\\, Rivière & fils,ST=Paris (75),C=FR',
    'cn=logiciel, ou=318751275100020, o=Cabinet Leroy\\2C Rivi\\C3\\A8re & fils, st=Paris (75), c=FR',
    'C=FR, ST=Paris (75), O=Cabinet Leroy\\, Rivière & fils, OU=318751275100020, CN=logiciel',
  ])
    assert.equal(isNamed(subject, name), true, name);
});

test('a name that is shorter, longer, in another order or of another value is another one', () => {
  for (const name of [
    'CN=logiciel',
    'CN=logiciel,OU=318751275100020,O=Cabinet Leroy\\, Rivière & fils,ST=Paris (75)',
    'OU=318751275100020,CN=logiciel,O=Cabinet Leroy\\, Rivière & fils,ST=Paris (75),C=FR',
    'CN=Logiciel,OU=318751275100020,O=Cabinet Leroy\\, Rivière & fils,ST=Paris (75),C=FR',
    'CN=logiciel,OU=318751275100020,O=Cabinet Leroy,ST=Paris (75),C=FR',
    '',
  ])
    assert.equal(isNamed(subject, name), false, name);
});
