import assert from 'node:assert/strict';
import { type Answer, assertDecent } from '../support/bad-input/assert-decent.ts';
import { marker } from '../support/bad-input/bad-bodies.ts';
import { nameOf } from '../support/bad-input/entrances.ts';
import { sendBadly, sendTo } from '../support/bad-input/send-badly.ts';
import { countRestingRows } from '../support/bad-input/state-rows.ts';
import {
  openSandboxVisits,
  openSiteVisits,
  openWalletVisits,
  type Visit,
} from '../support/bad-input/visits.ts';
import { createCookieBrowser } from '../support/cookie-browser.ts';
import { type TestServer, testOnOneServer } from '../support/start-test-server.ts';

const type = 'application/x-www-form-urlencoded';

async function sendRight(server: TestServer, visit: Visit, sender = visit.sender): Promise<Answer> {
  const body = new URLSearchParams(visit.fields).toString();
  const answer = await sendTo(server, visit.entrance, { type, body }, sender);
  assertDecent(answer, visit.entrance.tells, nameOf(visit.entrance));
  return answer;
}

const secret = new Set(['code', 'code-mail', 'code-sms']);
async function sendAsStranger(server: TestServer, visit: Visit): Promise<void> {
  const { entrance } = visit;
  // Whoever comes to the sandbox is given a reader and a phone of their own.
  if (entrance.listener === 'sandbox' && entrance.fields.length > 0) return;
  const rows = await countRestingRows(server.dataDir);
  await sendRight(server, visit, { ...visit.sender, request: createCookieBrowser().request });
  assert.deepEqual(await countRestingRows(server.dataDir), rows, nameOf(entrance));
}

async function sendOwnRubbish(server: TestServer, { entrance, sender }: Visit): Promise<void> {
  if (entrance.fields.length === 0) return;
  const answers = await sendBadly(server, entrance, sender);
  if (!entrance.fields.some((field) => secret.has(field))) return;
  for (const { text } of answers) assert.ok(!text.includes(marker), nameOf(entrance));
}

const scenes = { wallet: openWalletVisits, sites: openSiteVisits, sandbox: openSandboxVisits };

for (const [scene, open] of Object.entries(scenes)) {
  testOnOneServer(`forms in use: ${scene}`, {
    'a stranger who knows address and content changes nothing; rubbish of her own repeats no secret': async (
      server,
    ) => {
      for (const visit of await open(server)) {
        await sendAsStranger(server, visit);
        await sendOwnRubbish(server, visit);
      }
    },

    'each form twice, one after the other and at once, is done or says how it stands': async (server) => {
      for (const visit of await open(server)) {
        await sendRight(server, visit);
        await Promise.all([sendRight(server, visit), sendRight(server, visit)]);
      }
    },

    'each form a day later leads to where it can be begun anew': async (server) => {
      const visits = await open(server);
      await server.api('POST', '/api/clock', { advanceMs: 86_400_000 });
      for (const visit of visits) await sendRight(server, visit);
    },
  });
}
