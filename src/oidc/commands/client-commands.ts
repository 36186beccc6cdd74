import { readFile } from 'node:fs/promises';
import type { ClientMetadata } from 'oidc-provider';
import { z } from 'zod';
import {
  type CommandOutput,
  defineCommand,
  oneWord,
  type ParsedArguments,
  RefusedError,
  UsageError,
} from '#platform/command/define-command.ts';
import type { ClientRegistration } from '../clients/client-metadata.ts';
import { type ClientRegistrar, InvalidClient } from '../clients/registrar.ts';

export interface ClientCommandContext extends CommandOutput {
  /** Opens the database beside a server that may be running; `await using` closes it. */
  openClients(): Promise<ClientRegistrar & AsyncDisposable>;
  /** Where services register themselves. */
  registrationUrl: string;
}

const addHelp = `hygie client add --name NAME --redirect-uri URI… [options]
hygie client add --file FILE

Adds a service that may ask for sign-ins; a server that is running knows it at once. Its secret is shown once.

  --id ID                          its client_id (made here)
  --name NAME                      shown on sign-in pages
  --redirect-uri URI               compared to the character; may be given several times
  --post-logout-redirect-uri URI   may be given several times
  --backchannel-logout-uri URI     is told when a session ends
  --initiate-login-uri URI         starts a sign-in by itself
  --auth METHOD                    client_secret_basic (default), client_secret_post, private_key_jwt, tls_client_auth,
                                   self_signed_tls_client_auth, none
  --jwks FILE                      public keys (JSON Web Key Set), for private_key_jwt
  --subject-dn DN                  of the certificate (RFC 4514), for tls_client_auth
  --file FILE                      JSON: an object by the names of RFC 7591, or a list of them; adds all or none
  --json                           one JSON object on standard output
  --help                           this text
`;

const many = { type: 'string', multiple: true } as const;
const one = { type: 'string' } as const;

const addOptions = {
  id: one,
  name: one,
  'redirect-uri': many,
  'post-logout-redirect-uri': many,
  'backchannel-logout-uri': one,
  'initiate-login-uri': one,
  auth: one,
  jwks: one,
  'subject-dn': one,
  file: one,
  json: { type: 'boolean' },
} as const;

/** `hygie client add` */
export const clientAddCommand = defineCommand<ClientCommandContext>({
  help: addHelp,
  options: addOptions,
  async run(args, context) {
    const registrations = await readRegistrations(args);
    await using clients = await context.openClients();
    const added = await addAll(clients, registrations);
    if (args.values.json) context.stdout.write(`${JSON.stringify({ clients: added })}\n`);
    else for (const client of added) context.stdout.write(describeAdded(client));
    return 0;
  },
});

async function addAll(
  clients: ClientRegistrar,
  registrations: readonly Partial<ClientRegistration>[],
): Promise<ClientMetadata[]> {
  try {
    return await clients.add(registrations);
  } catch (error) {
    if (error instanceof InvalidClient) throw new RefusedError(error.message);
    throw error;
  }
}

function describeAdded({ client_id: id, client_secret: secret }: ClientMetadata): string {
  return secret ? `client_id      ${id}\nclient_secret  ${secret}\n` : `client_id      ${id}\n`;
}

async function readRegistrations(args: ParsedArguments): Promise<Partial<ClientRegistration>[]> {
  const { file } = args.values;
  if (typeof file !== 'string') return [await fromOptions(args)];
  const given = await readJson(file, '--file');
  return z
    .array(z.record(z.string(), z.unknown()))
    .parse(Array.isArray(given) ? given : [given]) as Partial<ClientRegistration>[];
}

async function fromOptions({ values, lists }: ParsedArguments): Promise<Partial<ClientRegistration>> {
  if (!values.name) throw new UsageError('--name is needed; see --help');
  const jwks = typeof values.jwks === 'string' ? await readJson(values.jwks, '--jwks') : undefined;
  const named = {
    client_id: values.id,
    client_name: values.name,
    redirect_uris: lists['redirect-uri'],
    post_logout_redirect_uris: lists['post-logout-redirect-uri'],
    backchannel_logout_uri: values['backchannel-logout-uri'],
    initiate_login_uri: values['initiate-login-uri'],
    token_endpoint_auth_method: values.auth,
    tls_client_auth_subject_dn: values['subject-dn'],
    jwks,
  };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<ClientRegistration>;
}

async function readJson(file: string, option: string): Promise<object> {
  try {
    return z
      .looseObject({})
      .or(z.array(z.unknown()))
      .parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    throw new RefusedError(`${option}: the file cannot be read, or holds no JSON object`);
  }
}

const listHelp = `hygie client list [--json]

Lists the services that were added or that registered themselves.
`;

/** `hygie client list` */
export const clientListCommand = defineCommand<ClientCommandContext>({
  help: listHelp,
  options: { json: { type: 'boolean' } },
  async run({ values }, { stdout, openClients }) {
    await using clients = await openClients();
    const list = await clients.list();
    if (values.json) stdout.write(`${JSON.stringify({ clients: list.map(withoutSecret) })}\n`);
    else for (const { metadata } of list) stdout.write(describeListed(metadata));
    return 0;
  },
});

type Listed = Awaited<ReturnType<ClientRegistrar['list']>>[number];

function withoutSecret({ metadata: { client_secret: _, ...metadata }, createdAt }: Listed): object {
  return { ...metadata, created_at: new Date(createdAt).toISOString() };
}

function describeListed({
  client_id: id,
  client_name: name,
  token_endpoint_auth_method: method,
}: ClientMetadata) {
  return `${id}  ${name ?? ''}  ${method}\n`;
}

const removeHelp = `hygie client remove ID

Removes a service: it gets no more tokens, and those that it has renew no more.
`;

/** `hygie client remove` */
export const clientRemoveCommand = defineCommand<ClientCommandContext>({
  help: removeHelp,
  options: {},
  async run(args, { openClients, stdout }) {
    const id = oneWord(args, 'client_id');
    await using clients = await openClients();
    if (!(await clients.remove(id))) throw new RefusedError('No such client was added here');
    stdout.write('The client is removed.\n');
    return 0;
  },
});

const tokenHelp = `hygie client token [--hours N] [--json]

Makes a token by which one service registers itself (RFC 7591), within 24 hours unless told.
`;

/** `hygie client token` */
export const clientTokenCommand = defineCommand<ClientCommandContext>({
  help: tokenHelp,
  options: { hours: one, json: { type: 'boolean' } },
  async run({ values }, { openClients, stdout, registrationUrl }) {
    const hours = Number(values.hours ?? 24);
    if (!(hours > 0 && hours <= 8_760)) throw new UsageError('--hours is a number from 1 to 8760');
    await using clients = await openClients();
    const { token, expiresAt } = await clients.createToken(hours * 3_600_000);
    const expires = new Date(expiresAt).toISOString();
    stdout.write(
      values.json
        ? `${JSON.stringify({ token, registrationUrl, expiresAt: expires })}\n`
        : `${token}\nPOST ${registrationUrl}, Authorization: Bearer; once, until ${expires}\n`,
    );
    return 0;
  },
});
