import { oneWord, RefusedError } from '#platform/command/define-command.ts';
import type { ApiKey } from '../keys/api-keys.ts';
import { defineCommand } from './command-context.ts';

const addHelp = `hygie directory key add NAME [--json]

Makes a key of the FHIR API for NAME, and shows it this once: it is kept as a hash. Clients send it in the header
ESANTE-API-KEY. A running server knows it at once.

  --json  one JSON object on standard output
  --help  this text
`;

const listHelp = `hygie directory key list [--json]

Lists who has a key of the FHIR API, and whose was revoked.

  --json  one JSON object on standard output
  --help  this text
`;

const revokeHelp = `hygie directory key revoke NAME [--json]

Ends the key of NAME at once. A new one may be made under the same name.

  --json  one JSON object on standard output
  --help  this text
`;

const json = { json: { type: 'boolean' } } as const;

/** `hygie directory key add` */
export const keyAddCommand = defineCommand({
  help: addHelp,
  options: json,
  async run(args, context) {
    const name = parseName(oneWord(args, 'name'));
    await using directory = await context.openDirectory();
    const key = await directory.keys.add(name);
    if (key === undefined) throw new RefusedError('This name has a key already: revoke it first');
    context.stdout.write(args.values.json ? `${JSON.stringify({ name, key })}\n` : `${key}\n`);
    return undefined;
  },
});

/** `hygie directory key list` */
export const keyListCommand = defineCommand({
  help: listHelp,
  options: json,
  async run({ values }, context) {
    await using directory = await context.openDirectory();
    const keys = await directory.keys.list();
    context.stdout.write(values.json ? `${JSON.stringify({ keys })}\n` : keys.map(renderKey).join(''));
    return undefined;
  },
});

/** `hygie directory key revoke` */
export const keyRevokeCommand = defineCommand({
  help: revokeHelp,
  options: json,
  async run(args, context) {
    const name = oneWord(args, 'name');
    await using directory = await context.openDirectory();
    if (!(await directory.keys.revoke(name))) throw new RefusedError('No key of this name is in use');
    if (args.values.json) context.stdout.write(`${JSON.stringify({ name, revoked: true })}\n`);
    return undefined;
  },
});

function parseName(name: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(name)) return name;
  throw new RefusedError('A name has letters, digits, spaces, points and hyphens, 64 at most');
}

function renderKey({ name, createdAt, revokedAt }: ApiKey): string {
  const end = revokedAt === null ? '' : `, revoked ${new Date(revokedAt).toISOString()}`;
  return `${name}: made ${new Date(createdAt).toISOString()}${end}\n`;
}
