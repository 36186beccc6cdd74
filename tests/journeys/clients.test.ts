import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '../support/databases.ts';
import { signInByApi } from '../support/demo-client.ts';
import { runCommand } from '../support/run-command.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const realm = '/auth/realms/esante-wallet';
const redirectUri = 'https://logiciel.example/retour';
const persona = 'infirmier-rpps';

interface Client {
  client_id: string;
  client_secret: string;
}

async function addClient(server: TestServer, ...more: string[]): Promise<Client> {
  const args = ['--name', 'Logiciel', '--redirect-uri', redirectUri, '--json', ...more];
  const { code, stdout, stderr } = await runCommand(server, 'client', 'add', ...args);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout).clients[0];
}

/** Signs a persona in for a client and redeems the code, by Basic authentication. */
async function redeem(server: TestServer, { client_id: clientId, client_secret: secret }: Client) {
  const answer = await signInByApi(server, persona, { clientId, redirectUri });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const code = new URL(answer.body.location).searchParams.get('code') ?? '';
  return askToken(server, { client_id: clientId, client_secret: secret }, code);
}

function askToken(server: TestServer, client: Client, code: string): Promise<Response> {
  const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64');
  return fetch(new URL(`${realm}/protocol/openid-connect/token`, server.urls.connect), {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
  });
}

function register(server: TestServer, token: string, metadata: object): Promise<Response> {
  return fetch(new URL(`${realm}/clients-registrations/openid-connect`, server.urls.connect), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Logiciel', redirect_uris: [redirectUri], ...metadata }),
  });
}

async function newToken(server: TestServer): Promise<string> {
  const { stdout } = await runCommand(server, 'client', 'token', '--json');
  return JSON.parse(stdout).token;
}

testOnOneServer('clients', {
  'a client that is added beside the server signs people in at once, and no more once it is removed': async (
    server,
  ) => {
    const client = await addClient(server, '--id', 'logiciel');
    assert.equal(client.client_id, 'logiciel');
    assert.equal((await redeem(server, client)).status, 200);
    const wrong = await redeem(server, { ...client, client_secret: `${client.client_secret}x` });
    assert.equal(wrong.status, 401);
    const { stdout } = await runCommand(server, 'client', 'list', '--json');
    assert.doesNotMatch(stdout, /"client_secret"|sha256/, 'the list holds no secret');
    assert.equal(JSON.parse(stdout).clients[0].client_id, 'logiciel');
    assert.equal((await runCommand(server, 'client', 'remove', 'logiciel')).code, 0);
    assert.equal((await askToken(server, client, 'any')).status, 401);
    assert.equal((await runCommand(server, 'client', 'remove', 'logiciel')).code, 1);
  },

  'several redirect URIs are each compared to the character': async (server) => {
    const client = await addClient(server, '--redirect-uri', 'https://logiciel.example/autre');
    for (const [uri, status] of [
      ['https://logiciel.example/autre', 200],
      ['https://logiciel.example/autre/', 400],
      ['https://logiciel.example/retour?x=1', 400],
    ] as const) {
      const answer = await signInByApi(server, persona, { clientId: client.client_id, redirectUri: uri });
      assert.equal(answer.status, status, uri);
    }
  },

  'a file adds all of its clients or none, and what is wrong is named': async (server, t) => {
    const file = join(await temporaryDirectory(t), 'clients.json');
    const good = { client_id: 'un', client_name: 'Un', redirect_uris: [redirectUri] };
    for (const [clients, sentence] of [
      [[good, { ...good, client_id: 'deux', redirect_uris: ['ftp://deux'] }], /^redirect_uris /],
      [[good, good], /^client_id is taken\.$/m],
      [[{ ...good, client_id: 'hygie-portal' }], /^client_id is taken\.$/m],
      [[{ ...good, client_secret: 'court' }], /^client_secret has fewer than 16 characters\.$/m],
      [
        [{ ...good, token_endpoint_auth_method: 'client_secret_jwt', client_secret: 's'.repeat(32) }],
        /^token_endpoint_auth_method /,
      ],
    ] as const) {
      await writeFile(file, JSON.stringify(clients));
      const { code, stderr } = await runCommand(server, 'client', 'add', '--file', file);
      assert.equal(code, 1);
      assert.match(stderr, sentence);
    }
    assert.equal((await runCommand(server, 'client', 'list')).stdout, '');
    await writeFile(file, JSON.stringify([good, { ...good, client_id: 'deux' }]));
    assert.equal((await runCommand(server, 'client', 'add', '--file', file)).code, 0);
    assert.equal((await runCommand(server, 'client', 'list')).stdout.split('\n').length, 3);
  },

  'a service registers itself with a token, once': async (server) => {
    const token = await newToken(server);
    const invalid = await register(server, token, { redirect_uris: ['javascript:alert(1)'] });
    assert.equal(invalid.status, 400);
    assert.equal((await invalid.json()).error, 'invalid_redirect_uri');
    const answers = await Promise.all([1, 2, 3].map(() => register(server, token, {})));
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 401, 401]);
    const client = (await answers.find(({ status }) => status === 201)?.json()) as Client;
    assert.equal((await redeem(server, client)).status, 200);
    assert.equal((await register(server, token, {})).status, 401, 'used');
    assert.equal((await register(server, 'guessed', {})).status, 401);
  },

  'nobody registers themselves as a developer’s machine': async (server) => {
    const answer = await register(server, await newToken(server), { loopback_redirects: true });
    assert.equal(answer.status, 400);
    assert.equal((await answer.json()).error, 'invalid_client_metadata');
  },
});
