import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone, importDeviceKey, type Phone, type StoredCredential } from '#ecps-phone';
import { createCookieBrowser } from '../tests/support/cookie-browser.ts';
import { askPhone } from '../tests/support/ecps-walk.ts';
import { textOf } from '../tests/support/http-walk.ts';
import { measureFloor } from './approval-floor.ts';
import { type BenchOptions, type Engine, sandboxEnvironment } from './bench-options.ts';
import type { HygieTarget, HygieTask } from './hygie-server.ts';
import { type Measured, startMeasured } from './measured-process.ts';
import { median, percentile, round } from './median.ts';
import { phonePassword } from './phones.ts';
import { startSandbox } from './sandbox-process.ts';

const people = 60;
const rounds = 5;
/** With the warm-up below the 30 questions that a person may be asked in ten minutes. */
const signInsEach = 4;

export interface ApprovalResult {
  name: 'approval';
  engine: Engine;
  operations: number;
  operationsPerSecond: number;
  /** CPU of the server process, all threads: the worker that evaluates passwords too. */
  cpuMsPerOperation: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  writesPerOperation: number;
  /** One OPRF evaluation and two signature verifications, in the same run. */
  floor: { operationsPerSecond: number; cpuMsPerOperation: number };
}

/**
 * One operation is a complete sign-in by e-CPS: authorization, the pages of the wallet, the phone's three signed calls
 * (question, evaluation, approval), resume, token, userinfo; eight at a time, each of a person with a phone of their own.
 * The phone's own work (PBKDF2, signatures) is the client's.
 */
export async function measureApproval({ engine, profileDir }: BenchOptions): Promise<ApprovalResult> {
  await using opened = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'hygie-approval-'));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  await (await startSandbox(dataDir, engine)).stop();
  const task: HygieTask = { phones: people };
  const env = sandboxEnvironment(dataDir, engine);
  const hygie = opened.adopt(
    await startMeasured<HygieTask, HygieTarget>('./hygie-server.ts', task, { env, profileDir }),
    (server) => server.stop(),
  );
  const signIns = await Promise.all(hygie.ready.phones.map((handed) => createSignIn(hygie.ready, handed)));
  await runRound(hygie, signIns);
  const measured = [];
  for (let i = 0; i < rounds; i++) measured.push(await runRound(hygie, signIns));
  const latencies = measured.flatMap(({ latenciesMs }) => latenciesMs);
  return {
    name: 'approval',
    engine,
    operations: latencies.length,
    operationsPerSecond: round(median(measured.map(({ seconds }) => perRound / seconds)), 1),
    cpuMsPerOperation: round(median(measured.map(({ cpuMs }) => cpuMs / perRound)), 3),
    p50Ms: round(median(latencies)),
    p95Ms: round(percentile(latencies, 0.95)),
    p99Ms: round(percentile(latencies, 0.99)),
    writesPerOperation: round(measured.reduce((sum, { commits }) => sum + commits, 0) / latencies.length),
    floor: measureFloor(),
  };
}

const perRound = people * signInsEach;
const concurrent = 8;

async function runRound(server: Measured<unknown>, signIns: readonly (() => Promise<void>)[]) {
  const before = await server.usage();
  const startedAt = performance.now();
  const latenciesMs: number[] = [];
  const waiting = Array.from({ length: signInsEach }, () => signIns).flat();
  const worker = async () => {
    for (let signIn = waiting.shift(); signIn; signIn = waiting.shift()) {
      const beganAt = performance.now();
      await signIn();
      latenciesMs.push(performance.now() - beganAt);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await server.usage();
  return { seconds, latenciesMs, cpuMs: after.cpuMs - before.cpuMs, commits: after.commits - before.commits };
}

async function createSignIn(target: HygieTarget, handed: HygieTarget['phones'][number]) {
  const device = await importDeviceKey(handed.device);
  const phone = createPhone({ baseUrl: new URL(target.appUrl), device });
  return async () => {
    const verifier = randomBytes(32).toString('base64url');
    const code = await authorize(target, verifier, { phone, credential: handed.credential });
    await redeem(target, code, verifier);
  };
}

interface PersonPhone {
  phone: Phone;
  credential: StoredCredential;
}

async function authorize(target: HygieTarget, verifier: string, person: PersonPhone): Promise<string> {
  const url = new URL(target.authorizationUrl);
  url.search = new URLSearchParams({
    client_id: target.clientId,
    redirect_uri: target.redirectUri,
    response_type: 'code',
    scope: 'openid scope_all',
    state: 'state',
    nonce: 'nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const browser = createCookieBrowser();
  const choice = await browser.open(url);
  const waiting = await askPhone(browser, choice, person.credential.nationalId.value);
  await answer(person, Number(textOf(waiting, 'number')));
  const settled = await browser.request(waiting.url);
  const next = settled.headers.get('location') ?? readRefresh(await settled.text());
  const resumed = await browser.request(new URL(next, waiting.url));
  const code = new URL(resumed.headers.get('location') ?? '', url).searchParams.get('code');
  if (!code) throw new Error('No code.');
  return code;
}

async function answer({ phone, credential }: PersonPhone, number: number): Promise<void> {
  const { approvals } = await phone.watch({ waitSeconds: 0 });
  const question = approvals.find((asked) => asked.numbers?.includes(number));
  if (!question) throw new Error('The phone is not asked.');
  await phone.approve(credential, question, { number, password: phonePassword });
}

function readRefresh(html: string): string {
  const url = /<meta http-equiv="refresh" content="0; url=([^"]+)"/.exec(html)?.[1];
  if (url === undefined) throw new Error('The page does not go on.');
  return url.replaceAll('&amp;', '&');
}

async function redeem(target: HygieTarget, code: string, verifier: string): Promise<void> {
  const tokens = await fetch(target.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: target.redirectUri,
      code_verifier: verifier,
      client_id: target.clientId,
      client_secret: target.clientSecret,
    }),
  });
  const { access_token: token } = (await tokens.json()) as { access_token: string };
  const userinfo = await fetch(target.userinfoUrl, { headers: { authorization: `Bearer ${token}` } });
  if (userinfo.status !== 200) throw new Error(`userinfo: ${userinfo.status}`);
  await userinfo.text();
}
