import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createPhone } from '#ecps-phone';
import { approvalPayload } from '../../src/authenticator/phone/approval-payload.ts';
import { signJws } from '../../src/authenticator/phone/jws.ts';
import { type EcpsSite, openEcpsSite } from '../support/ecps-site.ts';
import {
  type ActivePhone,
  assertRefused,
  evaluateOnce,
  handOver,
  shownApproval,
  signAnswer,
  takeAuthKey,
} from '../support/test-phone.ts';

async function openAsked(t: TestContext, browserHash = 'browser') {
  const site = await openEcpsSite(t);
  const holder = await handOver(site);
  return { site, holder, ...(await ask(site, holder, browserHash)) };
}

async function ask(site: EcpsSite, holder: ActivePhone, browserHash: string) {
  const asked = await site.ask({ browserHash });
  assert.ok(asked.outcome === 'pending');
  const view = (await holder.phone.watch({ waitSeconds: 0 })).approvals.at(-1);
  assert.equal(view?.id, asked.approval.id);
  assert.ok(view?.numbers);
  return { view, numbers: view.numbers, number: asked.approval.number };
}

/** Every value in an answer, with the name that it stands under. */
function* valuesOf(answer: unknown, name = ''): Generator<[string, unknown]> {
  if (typeof answer !== 'object' || answer === null) yield [name, answer];
  else
    for (const [key, value] of Object.entries(answer))
      yield* valuesOf(value, Array.isArray(answer) ? name : key);
}

test('nothing that a phone is told before it answers singles out the right number', async (t) => {
  const { site, holder, number } = await openAsked(t);
  const told: string[] = [];
  const recorder: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    told.push(await answer.clone().text());
    return answer;
  };
  const phone = createPhone({ baseUrl: site.url, device: holder.phone.device, fetch: recorder });
  const view = await shownApproval({ phone });
  assert.deepEqual(Object.keys(view).sort(), [
    'credentialIds',
    'device',
    'expiresAt',
    'id',
    'kind',
    'nationalId',
    'numbers',
    'place',
    'requestedAt',
    'service',
  ]);
  await assert.rejects(phone.approve(holder.stored, view, { number, password: 'autre chose' }));
  await phone.listCredentials();
  await phone.watch({ waitSeconds: 0 });
  const named = told.flatMap((text) => [...valuesOf(JSON.parse(text))]);
  assert.ok(named.some(([name, value]) => name === 'numbers' && value === number));
  const others = named.filter(([name]) => name !== 'numbers' && name !== 'pauseMinutes');
  for (const [name, value] of others) assert.ok(value !== number && value !== String(number), name);
});

test('the right number stands at each of the three places, and is drawn anew for each question', async (t) => {
  const { site, holder, ...first } = await openAsked(t);
  const [places, drawn] = [new Set<number>(), new Set<string>()];
  let asked = first;
  for (let round = 0; round < 30 && (places.size < 3 || drawn.size < 6); round++) {
    assert.equal(new Set(asked.numbers).size, 3);
    assert.ok(asked.numbers.every((one) => one >= 10 && one < 100));
    places.add(asked.numbers.indexOf(asked.number));
    drawn.add(asked.numbers.join(' '));
    await holder.phone.refuse(asked.view.id, holder.stored.id, 'refused');
    if (round % 10 === 9) site.clock.setAhead(site.clock.aheadMs + 600_000);
    asked = await ask(site, holder, `browser ${round}`);
  }
  assert.deepEqual([...places].sort(), [0, 1, 2]);
  assert.ok(drawn.size >= 6);
});

test('all three numbers signed at once are one try', async (t) => {
  const { site, holder, view, numbers, number } = await openAsked(t);
  const keys = await takeAuthKey(site, holder, view);
  const answers = await Promise.allSettled(numbers.map((one) => signAnswer({ holder, view, keys }, one)));
  const taken = answers.filter((answer) => answer.status === 'fulfilled');
  assert.equal(taken.length, 1);
  const index = answers.findIndex(({ status }) => status === 'fulfilled');
  const status = numbers[index] === number ? 'approved' : 'wrong_number';
  assert.equal(taken[0]?.value.status, status);
  assert.equal((await site.authenticator.findApproval(view.id, 'sign-in'))?.status, status);
  for (const one of numbers) await assertRefused(signAnswer({ holder, view, keys }, one), 'approval.ended');
});

test('a number that was not shown, or none, is a wrong one; what is no number is no answer', async (t) => {
  const { site, holder, ...first } = await openAsked(t);
  for (const [index, guess] of [null, 0, -1, 1.5, 1_000_000].entries()) {
    const { view } = index === 0 ? first : await ask(site, holder, `browser ${index}`);
    const keys = await takeAuthKey(site, holder, view);
    const answer = await signAnswer({ holder, view, keys }, guess);
    assert.deepEqual(answer, { status: 'wrong_number', failuresBefore: 0 });
    assert.equal((await site.authenticator.findApproval(view.id, 'sign-in'))?.status, 'wrong_number');
  }
  const { view, number } = await ask(site, holder, 'last');
  const { call, key } = await takeAuthKey(site, holder, view);
  const { id: credentialId } = holder.stored;
  for (const guess of [String(number), [number], { number }, true]) {
    const payload = { ...approvalPayload(view, credentialId, number), number: guess };
    const jws = await signJws(key, { typ: 'ecps-approval+jwt', kid: credentialId }, payload);
    const body = { credentialId, jws };
    await assertRefused(call('POST', `/api/approvals/${view.id}/approval`, { body }), 'signature.invalid');
  }
});

test('a stranger who knows the number has no use for it without K_auth', async (t) => {
  const { site, holder, view, number } = await openAsked(t);
  await evaluateOnce(site, holder, view.id, 'autre chose');
  const stranger = await handOver(await openEcpsSite(t));
  const payload = approvalPayload(view, holder.stored.id, number);
  for (const key of [holder.phone.device.privateKey, stranger.phone.device.privateKey]) {
    const jws = await signJws(key, { typ: 'ecps-approval+jwt', kid: holder.stored.id }, payload);
    const { call } = await takeAuthKey(site, holder, view);
    const body = { credentialId: holder.stored.id, jws };
    await assertRefused(call('POST', `/api/approvals/${view.id}/approval`, { body }), 'signature.invalid');
  }
  assert.equal((await site.authenticator.findApproval(view.id, 'sign-in'))?.status, 'pending');
});
