import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrate } from '#platform/database/migrations.ts';
import { openDatabase } from '#platform/database/open-database.ts';
import { createAuthKey } from '../../src/authenticator/phone/box.ts';
import { enrolmentTranscript } from '../../src/authenticator/phone/enrolment-transcript.ts';
import { type JwsType, signJws } from '../../src/authenticator/phone/jws.ts';
import { blindPassword } from '../../src/authenticator/phone/password-oprf.ts';
import { createSignedCalls } from '../../src/authenticator/phone/signed-calls.ts';
import type { EnrolmentEvaluation } from '../../src/authenticator/wire.ts';
import { temporaryDirectory } from '../support/databases.ts';
import { ecpsMigrations, nurse, openEcpsSite } from '../support/ecps-site.ts';
import {
  activateByMail,
  assertRefused,
  lastToken,
  openPhone,
  password,
  proveByMail,
} from '../support/test-phone.ts';

test('whoever reads her mail cannot redeem it on a phone of their own, and the attempt is reported', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  const token = lastToken(site);
  await assertRefused((await openPhone(site)).redeem(token), 'activation.other_device');
  assert.ok(site.eventNames().includes('foreign_redeem'));
  assert.equal((await phone.redeem(token)).stage, 'mail_confirmed');
});

test('a stranger’s request never replaces hers', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  const token = lastToken(site);
  await (await openPhone(site)).requestEnrolment(nurse.nationalId.value, 'fr');
  assert.equal((await phone.redeem(token)).stage, 'mail_confirmed');
});

test('a token cannot be made, changed, or made to live longer', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const { id } = await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  const [, , mac = ''] = lastToken(site).split('.');
  const card = await site.authenticator.createCardEnrolment({
    verification: { ...nurse, method: 'card', verifiedAt: 0 },
    rpps: nurse.nationalId.value,
    locale: 'fr',
  });
  const [, cardId = '', time = '', cardMac = ''] = new URL(card.url).hash.slice(1).split('.');
  const later = (Number.parseInt(time, 36) + 1000).toString(36);
  const forged = [
    '',
    `m.${id}`,
    `m.${id}.`,
    `m.${id}.${'A'.repeat(43)}`,
    `m.${cardId}.${mac}`,
    `m.${cardId}.${cardMac}`,
    `c.${id}.${time}.${mac}`,
    `c.${cardId}.${later}.${cardMac}`,
    `x.${id}.${mac}`,
  ];
  for (const token of forged) await assertRefused(phone.redeem(token), 'activation.unknown');
});

test('the mail’s link does not say “not me”, nor the other way round', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  const [, id = '', mac = ''] = lastToken(site).split('.');
  const page = await fetch(new URL(`/ce-n-est-pas-moi/${id}.${mac}`, site.url));
  assert.equal(page.status, 410);
  const notMe = site.links[0]?.notMeUrl.split('/').at(-1) ?? '';
  await assertRefused(phone.redeem(`m.${notMe}`), 'activation.unknown');
});

test('another site’s form does not press “Bloquer”', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  const url = site.links[0]?.notMeUrl ?? '';
  const headers = { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' };
  assert.equal((await fetch(url, { method: 'POST', headers })).status, 403);
  assert.equal((await phone.listEnrolments())[0]?.stage, 'requested');
});

test('a blocked activation cannot be finished', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const verified = await proveByMail(site, phone);
  await fetch(site.links[0]?.notMeUrl ?? '', { method: 'POST', headers: { origin: site.url.origin } });
  await assertRefused(phone.activate(verified, password), 'enrolment.ended');
  assert.equal(await site.authenticator.findState(nurse.nationalId), 'none');
});

test('mail and SMS alone do not get past a phone that is active', async (t) => {
  const site = await openEcpsSite(t);
  await activateByMail(site);
  const thief = await openPhone(site);
  const waiting = await proveByMail(site, thief);
  assert.equal(waiting.stage, 'awaiting_consent');
  await assertRefused(thief.activate(waiting, password), 'enrolment.wrong_stage');
});

test('a credential is bound by both keys over one transcript, and nothing else', async (t) => {
  const site = await openEcpsSite(t);
  const phone = await openPhone(site);
  const { id, nationalId } = await proveByMail(site, phone);
  const { call } = createSignedCalls({ baseUrl: site.url, device: phone.device });
  const { credentialId, fingerprint } = await call<EnrolmentEvaluation>(
    'POST',
    `/api/enrolments/${id}/evaluation`,
    { body: { blinded: blindPassword(password).blinded } },
  );
  const [authKey, other] = [await createAuthKey(), await createAuthKey()];
  const right = enrolmentTranscript({
    enrolment: id,
    credential: credentialId,
    nationalId,
    deviceKey: phone.device.thumbprint,
    authKey: authKey.thumbprint,
    fingerprint,
  });
  const bind = async (changes: object, key = authKey, typ: JwsType = 'ecps-enrolment+jwt') => {
    const header = { typ, kid: authKey.thumbprint };
    const jws = await signJws(key.privateKey, header, { ...right, ...changes });
    return call('POST', `/api/enrolments/${id}/credential`, {
      body: { authKey: authKey.publicKey, jws },
    });
  };
  const forgeries = [
    () => bind({ deviceKey: other.thumbprint }),
    () => bind({ authKey: other.thumbprint }),
    () => bind({ fingerprint: other.thumbprint }),
    () => bind({ nationalId: { kind: 'rpps', value: '99700099997' } }),
    () => bind({ enrolment: 'enr_other' }),
    () => bind({ further: true }),
    () => bind({}, other),
    () => bind({}, authKey, 'ecps-approval+jwt'),
  ];
  for (const forge of forgeries) await assertRefused(forge(), 'signature.invalid');
  await bind({});
  assert.equal(await site.authenticator.findState(nurse.nationalId), 'active');
});

test('nothing of a code, a link or a key lies in the database in clear', async (t) => {
  const file = join(await temporaryDirectory(t), 'state.sqlite');
  const database = await openDatabase({ kind: 'sqlite', file });
  t.after(() => database.close());
  await migrate(database, ecpsMigrations);
  const site = await openEcpsSite(t, { database });
  const phone = await openPhone(site);
  const { id } = await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  const [, , mac = ''] = lastToken(site).split('.');
  await phone.redeem(lastToken(site));
  await phone.sendCode(id);
  const code = site.codes[0]?.code ?? '';
  const rows = await database
    .as<{ authenticator_enrolment: object }>()
    .selectFrom('authenticator_enrolment')
    .selectAll()
    .execute();
  assert.ok(!Object.values(rows[0] ?? {}).includes(code));
  const stored = await Promise.all(['', '-wal'].map((suffix) => readFile(`${file}${suffix}`)));
  assert.ok(!Buffer.concat(stored).includes(mac));
});
