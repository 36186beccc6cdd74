import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDeviceKey, createPhone } from '#ecps-phone';
import { dump, type EcpsSite, nurse, openEcpsSite } from '../support/ecps-site.ts';
import { lastToken, password, shownApproval } from '../support/test-phone.ts';

interface Recorded {
  url: string;
  init: RequestInit | undefined;
}

const isChange = ({ init }: Recorded): boolean => (init?.method ?? 'GET') !== 'GET';

/** A phone whose every call somebody copies from the wire. */
async function openCopied(site: EcpsSite) {
  const copies: Recorded[] = [];
  const copy: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (answer.ok) copies.push({ url: String(input), init });
    return answer;
  };
  const device = await createDeviceKey();
  return { copies, phone: createPhone({ baseUrl: site.url, device, iterations: 1000, fetch: copy }) };
}

type Copied = Awaited<ReturnType<typeof openCopied>>;

/** The steps of an e-CPS from its request to its end, each changing something. */
async function* walk(site: EcpsSite, { phone }: Copied): AsyncGenerator<string> {
  const { id } = await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  yield 'requested';
  await phone.redeem(lastToken(site));
  yield 'redeemed';
  await phone.sendCode(id);
  yield 'code sent';
  await phone.tryCode(id, '000000').catch(() => undefined);
  const verified = await phone.tryCode(id, site.codes[0]?.code ?? '');
  yield 'code confirmed';
  const { stored } = await phone.activate(verified, password);
  yield 'activated';
  const asked = await site.ask();
  assert.ok(asked.outcome === 'pending');
  const answer = { number: asked.approval.number, password };
  await phone.approve(stored, await shownApproval({ phone }), answer);
  yield 'approved';
  await site.ask({ browserHash: 'stranger' });
  await phone.refuse((await shownApproval({ phone })).id, stored.id, 'not_me');
  yield 'refused';
  const changed = await phone.changePassword(stored, { password, newPassword: 'un bol de soupe' });
  yield 'password changed';
  await phone.deactivate(changed.id);
  yield 'deactivated';
}

test('a copied call does nothing a second time, at no step', async (t) => {
  const site = await openEcpsSite(t);
  const copied = await openCopied(site);
  let replayed = 0;
  for await (const step of walk(site, copied)) {
    const before = [await dump(site), site.events.length, site.links.length, site.codes.length];
    for (const { url, init } of copied.copies.filter(isChange)) {
      const answer = await fetch(url, init);
      const name = `${init?.method} ${new URL(url).pathname} once ${step}`;
      assert.ok(answer.status >= 400, name);
      replayed++;
    }
    assert.deepEqual(
      [await dump(site), site.events.length, site.links.length, site.codes.length],
      before,
      step,
    );
  }
  assert.ok(replayed > 40);
});

test('a copied call is told to be one while its nonce is good, and later that its nonce is not', async (t) => {
  const site = await openEcpsSite(t);
  const { phone, copies } = await openCopied(site);
  await phone.requestEnrolment(nurse.nationalId.value, 'fr');
  const [copy] = copies.filter(isChange);
  assert.ok(copy);
  const replay = async () => ((await (await fetch(copy.url, copy.init)).json()) as { code: string }).code;
  assert.equal(await replay(), 'proof.replayed');
  site.clock.setAhead(59_000);
  await site.authenticator.sweep();
  assert.equal(await replay(), 'proof.replayed');
  site.clock.setAhead(61_000);
  await site.authenticator.sweep();
  assert.equal(await replay(), 'proof.nonce');
});

test('the proof of one call opens no other: not another method, address, question or body', async (t) => {
  const site = await openEcpsSite(t);
  const copied = await openCopied(site);
  const steps = walk(site, copied);
  for await (const step of steps) if (step === 'refused') break;
  const changes = copied.copies.filter(isChange);
  const before = await dump(site);
  for (const { init } of copied.copies)
    for (const { url, init: target } of changes) {
      const { method, body } = target ?? {};
      if (init === target) continue;
      const proof = new Headers(init?.headers).get('E-CPS-Proof') ?? '';
      const headers = { 'E-CPS-Proof': proof, 'content-type': 'application/json' };
      const answer = await fetch(url, { ...(method ? { method } : {}), headers, ...(body ? { body } : {}) });
      assert.equal(answer.status, 401);
    }
  assert.equal(await dump(site), before);
});
