import type { ListenerName } from '#platform/http/site.ts';

/** In which form a refusal is told there. */
export type Telling = 'page' | 'problem' | 'oauth' | 'fhir';

/** One address that takes something from outside. */
export interface Entrance {
  listener: ListenerName;
  method: 'POST' | 'DELETE';
  /** As Hono has it, or below the issuer as it is asked. */
  path: string;
  takes: 'form' | 'json' | 'nothing';
  tells: Telling;
  /** Inputs that it reads from its body. */
  fields: readonly string[];
  /** Does its work whoever asks and whatever the body holds. */
  always?: true;
}

const form = (listener: ListenerName, path: string, ...fields: string[]): Entrance => ({
  ...{ listener, method: 'POST', path, takes: 'form', tells: 'page', fields },
});
const json = (listener: ListenerName, path: string, ...fields: string[]): Entrance => ({
  ...{ listener, method: 'POST', path, takes: 'json', tells: 'problem', fields },
});
const bare = (listener: ListenerName, method: 'POST' | 'DELETE', path: string): Entrance => ({
  ...{ listener, method, path, takes: 'nothing', tells: 'problem', fields: [] },
});
const protocol = (path: string, ...fields: string[]): Entrance => ({
  ...{ listener: 'connect', method: 'POST', path: `/auth/realms/esante-wallet${path}` },
  ...{ takes: 'form', tells: 'oauth', fields },
});
const always = (entrance: Entrance): Entrance => ({ ...entrance, always: true });

const reader = '/lecteur/:attempt{[a-z0-9][a-z0-9-]{7,62}}';

const relyingParty = (listener: 'portal' | 'directory'): Entrance[] => [
  form(listener, '/connexion/initier', 'iss', 'login_hint', 'target_link_uri'),
  form(listener, '/deconnexion'),
  { ...form(listener, '/deconnexion/recue', 'logout_token'), tells: 'oauth' },
];

const wallet = [
  form('wallet', '/connexion/:uid/carte'),
  form('wallet', '/connexion/:uid/e-cps'),
  form('wallet', '/connexion/:uid/e-cps/demande', 'identifiant'),
  form('wallet', '/connexion/:uid/moyen'),
  form('wallet', '/connexion/:uid/suspendue'),
  form('wallet', '/connexion/:uid/service'),
  form('wallet', '/mot-de-passe-oublie', 'identifiant'),
  form('wallet', '/mot-de-passe-oublie/codes'),
  form('wallet', '/mot-de-passe-oublie/suppression', 'code-mail', 'code-sms'),
  form('wallet', '/mot-de-passe-oublie/carte'),
  form('wallet', '/demandes/:id', 'numero'),
  form('wallet', '/deconnexion', 'client_id', 'post_logout_redirect_uri', 'state'),
  form('wallet', '/reparation/:ticket/mail'),
  form('wallet', '/reparation/:ticket/retour'),
];

const connect = [
  protocol(
    '/protocol/openid-connect/token',
    'grant_type',
    'code',
    'redirect_uri',
    'refresh_token',
    'subject_token',
  ),
  protocol('/protocol/openid-connect/userinfo', 'access_token'),
  protocol('/protocol/openid-connect/token/introspect', 'token', 'token_type_hint'),
  protocol('/protocol/openid-connect/revoke', 'token', 'token_type_hint'),
  protocol('/protocol/openid-connect/ext/par/request', 'client_id', 'redirect_uri', 'response_type', 'scope'),
  protocol('/protocol/openid-connect/ext/ciba/auth', 'scope', 'login_hint', 'binding_message', 'channel'),
  protocol('/protocol/openid-connect/logout', 'id_token_hint', 'client_id', 'post_logout_redirect_uri'),
];

const directory = [
  form('directory', '/coordonnees', 'adresse', 'mobile'),
  always(form('directory', '/coordonnees/carte')),
  form('directory', '/coordonnees/sans-carte', 'rpps', 'adresse', 'mobile'),
  form('directory', '/coordonnees/codes', 'code-mail', 'code-sms'),
  form('directory', '/coordonnees/codes/renvoi'),
  form('directory', '/coordonnees/ce-n-est-pas-moi'),
  form('directory', '/operateur/coordonnees/:reference/acceptation'),
  form('directory', '/operateur/coordonnees/:reference/refus', 'motif'),
  { ...form('directory', '/fhir/v2/:type/_search', 'name', '_count', '_id'), tells: 'fhir' },
  { ...bare('directory', 'DELETE', '/fhir/v2/_export/:id'), tells: 'fhir' },
] satisfies Entrance[];

const app = [
  json('app', '/api/bac-a-sable', 'token'),
  json('app', '/api/enrolments', 'rpps', 'deviceKey', 'locale'),
  bare('app', 'DELETE', '/api/enrolments/:id'),
  bare('app', 'POST', '/api/enrolments/:id/mail'),
  json('app', '/api/activations', 'token', 'deviceKey'),
  bare('app', 'POST', '/api/enrolments/:id/sms'),
  json('app', '/api/enrolments/:id/code', 'code'),
  bare('app', 'POST', '/api/enrolments/:id/consent'),
  json('app', '/api/enrolments/:id/evaluation', 'blinded'),
  json('app', '/api/enrolments/:id/credential', 'authKey', 'jws'),
  bare('app', 'DELETE', '/api/credentials/:id'),
  bare('app', 'POST', '/api/credentials/:id/password-change'),
  json('app', '/api/approvals/:id/evaluation', 'credentialId', 'blinded', 'fingerprint'),
  json('app', '/api/approvals/:id/approval', 'credentialId', 'jws'),
  json('app', '/api/approvals/:id/refusal', 'credentialId', 'reason'),
  form('app', '/ce-n-est-pas-moi/:token'),
];

const sandbox = [
  form('sandbox', '/personne', 'persona'),
  form('sandbox', '/carte/inserer'),
  form('sandbox', '/carte/retirer'),
  form('sandbox', '/horloge', 'advance'),
  always(form('sandbox', '/remise-a-zero')),
  always(form('sandbox', '/telephone')),
  form('sandbox', '/telephone/adresse', 'adresse'),
  form('sandbox', '/telephone/reparation', 'reparation'),
  always(form('sandbox', '/telephone/fenetre')),
  form('sandbox', `${reader}/carte`, 'persona'),
  form('sandbox', `${reader}/retirer`),
  form('sandbox', `${reader}/code`, 'code'),
  json('sandbox', '/api/cards/revoke', 'persona'),
  always(bare('sandbox', 'DELETE', '/api/mails')),
  always(bare('sandbox', 'DELETE', '/api/sms')),
  json('sandbox', '/api/sign-in', 'persona', 'clientId', 'redirectUri', 'method'),
  json('sandbox', '/api/ecps', 'persona', 'behaviour', 'delayMs', 'times'),
  bare('sandbox', 'DELETE', '/api/ecps'),
  json('sandbox', '/api/clock', 'advanceMs'),
  always(bare('sandbox', 'POST', '/api/reset')),
];

/** Every address of every listener that takes a form, a body or a deletion. */
export const entrances: readonly Entrance[] = [
  ...relyingParty('portal'),
  ...wallet,
  ...connect,
  ...app,
  ...relyingParty('directory'),
  ...directory,
  ...sandbox,
];

export const nameOf = ({ listener, method, path }: Entrance): string => `${listener} ${method} ${path}`;

/** The address with values in place of its parameters. */
export function addressOf({ path }: Entrance, values: Readonly<Record<string, string>> = {}): string {
  const unknown = 'a'.repeat(32);
  return path.replace(/:(\w+)(\{[^/]*\})?/g, (_, name: string) => values[name] ?? unknown);
}
