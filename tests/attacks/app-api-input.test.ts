import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { createDeviceKey, type DeviceKey } from '#ecps-phone';
import { signJws } from '../../src/authenticator/phone/jws.ts';
import { type Answer, assertDecent } from '../support/bad-input/assert-decent.ts';
import { badBodies } from '../support/bad-input/bad-bodies.ts';
import { addressOf, type Entrance, entrances, nameOf } from '../support/bad-input/entrances.ts';
import { type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';
import { activateByMail, openPhone, shownApproval } from '../support/test-phone.ts';

const signed = entrances.filter(
  ({ listener, path }) => listener === 'app' && path.startsWith('/api/') && path !== '/api/bac-a-sable',
);

/** Sends text as it is, signed by this phone as the app signs. */
async function send(site: EcpsSite, device: DeviceKey, entrance: Entrance, id: string, text: string) {
  const url = new URL(addressOf(entrance, { id }), site.url).href;
  const sign = async (nonce: string): Promise<Answer & { code?: string; field?: string }> => {
    const bth = createHash('sha256').update(text).digest('base64url');
    const payload = { htm: entrance.method, htu: url, bth, nonce, jti: randomUUID() };
    const header = { typ: 'ecps-proof+jwt', kid: device.thumbprint } as const;
    const proof = await signJws(device.privateKey, header, payload);
    const headers = { 'e-cps-proof': proof, 'content-type': 'application/json' };
    const answer = await fetch(url, { method: entrance.method, headers, ...(text && { body: text }) });
    const told = await answer.text();
    const nextNonce = answer.headers.get('e-cps-nonce') ?? '';
    if (nonce === '' && told.includes('proof.nonce')) return sign(nextNonce);
    return { ...(told && JSON.parse(told)), status: answer.status, headers: answer.headers, text: told };
  };
  const answer = await sign('');
  assertDecent(answer, 'problem', nameOf(entrance));
  return answer;
}

/** A phone that the server knows, with an enrolment that waits for its mail. */
async function openKnown(site: EcpsSite) {
  const phone = await openPhone(site);
  const { id } = await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  return { device: phone.device, id };
}

const unknownId = `crd_${'a'.repeat(32)}`;
const { x } = (await createDeviceKey()).publicKey;
/** Compressed, as a phone blinds a password. */
const point = Buffer.concat([Buffer.of(2), Buffer.from(x, 'base64url')]).toString('base64url');

/** What has the right form, for each address. */
const wellFormed: Record<string, object> = {
  '/api/enrolments/:id/code': { code: '123456' },
  '/api/enrolments/:id/evaluation': { blinded: point },
  '/api/approvals/:id/evaluation': { credentialId: unknownId, blinded: point, fingerprint: 'A'.repeat(43) },
  '/api/approvals/:id/approval': { credentialId: unknownId, jws: 'a.b.c' },
  '/api/approvals/:id/refusal': { credentialId: unknownId, reason: 'refused' },
};

async function bodyFor({ path, takes }: Entrance): Promise<string> {
  if (takes === 'nothing') return '';
  if (path !== '/api/enrolments/:id/credential') return JSON.stringify(wellFormed[path]);
  return JSON.stringify({ authKey: (await createDeviceKey()).publicKey, jws: 'a.b.c' });
}

const named = signed.filter(({ path }) => path.includes(':id'));
const ofEnrolment = named.filter(({ path }) => path.startsWith('/api/enrolments'));

async function countAll({ database }: EcpsSite): Promise<number[]> {
  interface Rows {
    authenticator_enrolment: object;
    authenticator_credential: object;
    authenticator_approval: object;
  }
  const tables = ['authenticator_enrolment', 'authenticator_credential', 'authenticator_approval'] as const;
  const count = (table: (typeof tables)[number]) =>
    database.as<Rows>().selectFrom(table).selectAll().execute();
  return (await Promise.all(tables.map(count))).map((rows) => rows.length);
}

test('a signed body of the wrong shape is refused by the name of its field, before anything is looked up', async (t) => {
  const site = await openEcpsSite(t);
  const { device } = await openKnown(site);
  const rows = await countAll(site);
  for (const entrance of signed.filter(({ takes }) => takes === 'json')) {
    for (const { name, type, body } of badBodies(entrance)) {
      if (type !== 'application/json' || typeof body !== 'string') continue;
      const { status, code, field } = await send(site, device, entrance, unknownId, body);
      assert.deepEqual([status, code], [400, 'request.invalid'], `${nameOf(entrance)}: ${name}`);
      const known = ['body', ...entrance.fields].includes(field?.split('.')[0] ?? '');
      assert.ok(known, `${nameOf(entrance)}: ${name}: ${field}`);
    }
  }
  assert.deepEqual(await countAll(site), rows);
});

test('an id that is none, or another phone’s, is unknown to whoever asks', async (t) => {
  const site = await openEcpsSite(t);
  const { phone } = await activateByMail(site);
  await site.ask();
  const [{ id: approval }, credential] = [
    await shownApproval({ phone }),
    (await phone.watch({ waitSeconds: 0 })).credentials[0],
  ];
  const owned: Record<string, string> = {
    enrolments: (await openKnown(site)).id,
    credentials: credential?.id ?? '',
    approvals: approval,
  };
  const stranger = await openKnown(site);
  const rows = await countAll(site);
  for (const entrance of named) {
    const body = await bodyFor(entrance);
    const own = owned[entrance.path.split('/')[2] ?? ''] ?? '';
    for (const id of [own, 'x', '%00', '__proto__', unknownId, 'a'.repeat(3000)]) {
      const { status, code } = await send(site, stranger.device, entrance, id, body);
      assert.equal(status, 404, `${nameOf(entrance)} ${id.slice(0, 40)} ${code}`);
      assert.match(code ?? '', /\.unknown$/, nameOf(entrance));
    }
  }
  assert.deepEqual(await countAll(site), rows);
});

test('a later step without the earlier one is refused, whichever it is', async (t) => {
  const site = await openEcpsSite(t);
  const { device, id } = await openKnown(site);
  for (const entrance of ofEnrolment.filter(
    ({ method, path }) => method === 'POST' && !path.endsWith('/mail'),
  )) {
    const { status, code } = await send(site, device, entrance, id, await bodyFor(entrance));
    assert.deepEqual([status, code], [409, 'enrolment.wrong_stage'], nameOf(entrance));
  }
});

test('nothing can be done with an enrolment whose time is over', async (t) => {
  const site = await openEcpsSite(t);
  const { device, id } = await openKnown(site);
  site.clock.setAhead(8 * 86_400_000);
  // Without a password that was evaluated there is nothing to activate, ended or not.
  const posts = ofEnrolment.filter(({ method, path }) => method === 'POST' && !path.endsWith('/credential'));
  for (const entrance of posts) {
    const { status, code } = await send(site, device, entrance, id, await bodyFor(entrance));
    assert.deepEqual([status, code], [410, 'enrolment.ended'], nameOf(entrance));
  }
});
