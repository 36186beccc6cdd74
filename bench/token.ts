import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BareTask } from './bare-server.ts';
import { type BenchOptions, type Engine, sandboxEnvironment } from './bench-options.ts';
import { expectStatus, send } from './http-client.ts';
import type { HygieTarget, HygieTask } from './hygie-server.ts';
import { bareTask, figuresOf, type LoginResult, type Round, timeWork } from './login.ts';
import { type Measured, startMeasured } from './measured-process.ts';
import { startSandbox } from './sandbox-process.ts';
import { createSignInClient, type SignedIn, type SignInClient, type SignInTarget } from './sign-in-client.ts';

const concurrent = 8;
const warmUpRounds = 6;
const rounds = 9;
const operationsPerWorker = 50;

export interface TokenResult {
  name: 'token';
  engine: Engine;
  operations: Record<OperationName, Omit<LoginResult, 'name'>>;
}

type OperationName = keyof typeof operations;

/** One request with what the last one left; gives what the next one needs. */
type Operation = (agent: Agent, target: SignInTarget, held: SignedIn) => Promise<SignedIn>;

interface Side {
  server: Measured<SignInTarget>;
  client: SignInClient;
  agent: Agent;
}

/** Each operation eight at a time, each caller with a sign-in of its own that is made before the clock runs. */
export async function measureToken({ engine, profileDir }: BenchOptions): Promise<TokenResult> {
  await using opened = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'hygie-token-'));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  const env = sandboxEnvironment(dataDir, engine);
  await (await startSandbox(dataDir, engine)).stop();
  const open = (server: Measured<SignInTarget>): Side => {
    opened.defer(() => server.stop());
    const client = opened.adopt(createSignInClient(server.ready, concurrent), (it) => it.close());
    const agent = opened.adopt(new Agent({ keepAlive: true, maxSockets: concurrent }), (it) => it.destroy());
    return { server, client, agent };
  };
  const task: HygieTask = { phones: 0 };
  const hygie = open(
    await startMeasured<HygieTask, HygieTarget>('./hygie-server.ts', task, { env, profileDir }),
  );
  const bareOf = await bareTask(hygie.client, engine, dataDir);
  const bare = open(await startMeasured<BareTask, SignInTarget>('./bare-server.ts', bareOf, { profileDir }));
  const measured: Partial<TokenResult['operations']> = {};
  for (const name of Object.keys(operations) as OperationName[])
    measured[name] = { engine, ...(await measureOperation(operations[name], hygie, bare)) };
  return { name: 'token', engine, operations: measured as TokenResult['operations'] };
}

async function measureOperation(operation: Operation, hygie: Side, bare: Side) {
  const [measured, floor]: [Round[], Round[]] = [[], []];
  for (let i = 0; i < warmUpRounds + rounds; i++) {
    const pair = [await timeRound(operation, hygie), await timeRound(operation, bare)] as const;
    if (i < warmUpRounds) continue;
    measured.push(pair[0]);
    floor.push(pair[1]);
  }
  return figuresOf(measured, floor);
}

async function timeRound(operation: Operation, { server, client, agent }: Side): Promise<Round> {
  const signedIn = await Promise.all(Array.from({ length: concurrent }, () => client.signIn()));
  return timeWork(server, async () => {
    const latencies = signedIn.map((held) => repeat((last) => operation(agent, server.ready, last), held));
    return (await Promise.all(latencies)).flat();
  });
}

async function repeat(once: (held: SignedIn) => Promise<SignedIn>, first: SignedIn): Promise<number[]> {
  const latencies: number[] = [];
  let held = first;
  for (let i = 0; i < operationsPerWorker; i++) {
    const startedAt = performance.now();
    held = await once(held);
    latencies.push(performance.now() - startedAt);
  }
  return latencies;
}

const operations = {
  async clientCredentials(agent, target, held) {
    await post(agent, target, target.tokenUrl, { grant_type: 'client_credentials', scope: 'stocks' });
    return held;
  },
  async refresh(agent, target, held) {
    const body = { grant_type: 'refresh_token', refresh_token: held.refreshToken };
    const { refresh_token: refreshToken } = await post(agent, target, target.tokenUrl, body);
    return { ...held, refreshToken: String(refreshToken) };
  },
  async introspection(agent, target, held) {
    const { active } = await post(agent, target, target.introspectionUrl, { token: held.accessToken });
    if (!active) throw new Error('The token is not known.');
    return held;
  },
  async userinfo(agent, { userinfoUrl }, held) {
    const headers = { authorization: `Bearer ${held.accessToken}` };
    expectStatus(await send(agent, new URL(userinfoUrl), headers), 200);
    return held;
  },
} satisfies Record<string, Operation>;

async function post(
  agent: Agent,
  { clientId, clientSecret }: SignInTarget,
  url: string,
  body: Record<string, string>,
): Promise<Record<string, unknown>> {
  const form = new URLSearchParams({ ...body, client_id: clientId, client_secret: clientSecret });
  return JSON.parse(expectStatus(await send(agent, new URL(url), {}, form.toString()), 200).body);
}
