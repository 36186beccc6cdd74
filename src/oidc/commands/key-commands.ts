import { type CommandOutput, defineCommand } from '#platform/command/define-command.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { SigningKey } from '../keys/key-store.ts';

export interface KeyCommandContext extends CommandOutput {
  /** Opens the database beside a server that may be running; `await using` closes it. */
  openKeys(): Promise<KeyRing & AsyncDisposable>;
}

const rotateHelp = `hygie keys rotate [--urgent] [--json]

Begins a new key of each algorithm. It is published at once and signs after an hour; the old ones stay published for a
day after that, so that nobody notices. A server that is running takes it up within a minute.

  --urgent  a key was lost: new ones sign in two minutes, and the old ones leave then
  --json    one JSON object on standard output
  --help    this text
`;

/** `hygie keys rotate` */
export const keysRotateCommand = defineCommand<KeyCommandContext>({
  help: rotateHelp,
  options: { urgent: { type: 'boolean' }, json: { type: 'boolean' } },
  async run({ values }, { openKeys, stdout }) {
    await using ring = await openKeys();
    await ring.rotate({ urgent: values.urgent === true });
    stdout.write(render(ring, values.json === true));
    return 0;
  },
});

const listHelp = `hygie keys list [--json]

Lists the keys that sign tokens: since when, and until when they are published.
`;

/** `hygie keys list` */
export const keysListCommand = defineCommand<KeyCommandContext>({
  help: listHelp,
  options: { json: { type: 'boolean' } },
  async run({ values }, { openKeys, stdout }) {
    await using ring = await openKeys();
    stdout.write(render(ring, values.json === true));
    return 0;
  },
});

function render(ring: KeyRing, json: boolean): string {
  const keys = ring.list().map(describe);
  if (json) return `${JSON.stringify({ keys })}\n`;
  const lines = keys.map(
    ({ alg, kid, signsFrom, retiresAt }) => `${alg.padEnd(5)}  ${kid}  ${signsFrom}  ${retiresAt ?? '-'}`,
  );
  return `${lines.join('\n')}\n`;
}

function describe({ jwk: { alg, kid }, createdAt, signsFrom, retiresAt }: SigningKey) {
  const iso = (at: number) => new Date(at).toISOString();
  return {
    alg,
    kid,
    createdAt: iso(createdAt),
    signsFrom: iso(signsFrom),
    retiresAt: retiresAt === null ? null : iso(retiresAt),
  };
}
