import { setImmediate } from 'node:timers/promises';
import type { MortalServer } from './mortal-server.ts';
import { readRecords } from './records.ts';

/** When to kill. */
export type KillPlan =
  /** While or after the request of this number, counted from 1; `part` of twice the usual time of an answer. */
  | { request: number; part: number }
  /** As soon as this event is in the trail: its unit is committed, what follows it has hardly begun. */
  | { event: string };

/** How a person's devices reach the server. */
export interface Line {
  requests: number;
  /** What an app gets: a request that fails is its own affair. */
  send: typeof fetch;
  /** What a browser gets whose person reloads, or whose script asks again: the same request, once that is possible. */
  repeat: typeof fetch;
  /** The kill, where the walk was shorter than planned. */
  end(): Promise<void>;
}

const firstGuessMs = 6;

export function createLine(server: MortalServer, plan?: KillPlan): Line {
  let usualMs = firstGuessMs;
  let killed = plan === undefined;

  function kill(): void {
    if (killed) return;
    killed = true;
    server.kill();
  }

  const send: typeof fetch = async (input, init) => {
    line.requests++;
    if (plan && 'request' in plan && line.requests === plan.request)
      setTimeout(kill, plan.part * 2 * usualMs);
    const begun = performance.now();
    const answer = await whole(await fetch(input, init));
    usualMs += (performance.now() - begun - usualMs) / 8;
    return answer;
  };

  const repeat: typeof fetch = async (input, init) => {
    for (;;) {
      try {
        return await send(input, init);
      } catch (error) {
        if (!isOutOfReach(error)) throw error;
        await server.ready();
      }
    }
  };

  const line: Line = {
    requests: 0,
    send,
    repeat,
    async end() {
      kill();
      await server.ready();
    },
  };
  if (plan && 'event' in plan) void hasHappened(server, plan.event, () => killed).then(kill);
  return line;
}

async function hasHappened(server: MortalServer, event: string, isOver: () => boolean): Promise<void> {
  await using records = readRecords(server);
  const query = `select id from audit_record where name = '${event}'`;
  while (!isOver() && (await records.count(query)) === 0) await setImmediate();
}

/** An answer that breaks off is none. */
async function whole(answer: Response): Promise<Response> {
  const body = await answer.arrayBuffer();
  const isEmpty = [204, 303, 304].includes(answer.status) || body.byteLength === 0;
  return new Response(isEmpty ? null : body, { status: answer.status, headers: answer.headers });
}

/** What `fetch` throws where no connection came about, or it broke. */
export const isOutOfReach = (error: unknown): boolean => error instanceof TypeError;
