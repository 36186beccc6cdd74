// The measured server: connect and wallet as src/server.ts builds them, on the data of a sandbox that was started
// before. Its one difference: a card verification is not made by TLS, but stands ready when its code is redeemed. Asked
// for phones, it also serves the e-CPS and makes that many, each of a person of its own.
import { createAudit } from '#audit';
import { type HandedCredential, isAppApi } from '#authenticator';
import { createConfig, openSandboxSecrets, parseEnvironment } from '#config';
import { createDirectory } from '#directory';
import { createOidc } from '#oidc';
import { systemClock } from '#platform/clock.ts';
import { createSite, requestListener } from '#platform/http/create-site.ts';
import { type Listener, openListener } from '#platform/http/listener.ts';
import type { ListenerName, Site } from '#platform/http/site.ts';
import { createLogger } from '#platform/logger.ts';
import { createSignIn } from '#sign-in';
import { buildAuthenticator } from '../src/build-authenticator.ts';
import { generationsOf, openRing, openState } from '../src/command-context.ts';
import { createMessaging } from '../src/messaging.ts';
import { answerBench } from './measured-process.ts';
import { createPhones } from './phones.ts';
import type { SignInTarget } from './sign-in-client.ts';
import { createVerifiedCards } from './verified-cards.ts';

const issuerPath = '/auth/realms/esante-wallet';
const start = { name: 'Mes lieux d’exercice', url: 'http://localhost/' };
const service = {
  clientId: 'bench',
  clientSecret: 'a secret of the bench',
  redirectUri: 'http://localhost/callback',
};

export interface HygieTask {
  /** How many e-CPS to make; 0 leaves the phone authenticator out. */
  phones: number;
}

/** What a client needs to know. */
export interface HygieTarget extends SignInTarget {
  appUrl: string;
  phones: HandedCredential[];
}

answerBench<HygieTask, HygieTarget>(async ({ phones }) => {
  const config = createConfig(parseEnvironment(process.env));
  const clock = systemClock;
  const logger = createLogger(config.logLevel);
  const database = await openState(config);
  const secrets = await openSandboxSecrets(config.dataDir);
  const audit = createAudit({ database, clock, logger });
  const directory = createDirectory({
    database,
    generations: generationsOf(config),
    clock,
    events: audit,
  });
  const connect = await openSite('connect');
  const wallet = await openSite('wallet');
  const issuer = new URL(issuerPath, connect.site.url).href;
  const oidc = createOidc({
    database,
    clock,
    events: audit,
    logger,
    issuer,
    walletUrl: wallet.site.url,
    clients: [
      {
        client_id: service.clientId,
        client_name: 'Bench',
        token_endpoint_auth_method: 'client_secret_post',
        client_secret: service.clientSecret,
        redirect_uris: [service.redirectUri],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
        scope: 'openid scope_all identity stocks',
      },
    ],
    cookieKeys: secrets.cookieKeys,
    subjectKey: secrets.hmacKey,
    ring: await openRing(config, secrets, { database, clock, events: audit }),
    claims: {
      findPractitioner: (nationalId) => directory.findPractitioner(nationalId),
      repairClaim: async () => ({}),
    },
    start,
  });
  const app = await openSite('app');
  const { authenticator } = buildAuthenticator({
    ...{ database, clock, events: audit, secrets, directory },
    messaging: createMessaging({ config, secrets, database, clock, logger }),
    sessions: { endOpenedByEcps: async () => {}, endUnder: async () => {} },
    repairs: { findOpen: async () => undefined },
    appUrl: app.site.url,
  });
  const ecps = { approvals: authenticator, database, clock, appUrl: app.site.url };
  const signIn = createSignIn({
    cards: createVerifiedCards(database),
    host: oidc.signInHost,
    start,
    ...(phones > 0 ? { ecps } : {}),
  });
  const appSite = createSite(app.site, { logger, isCrossSite: isAppApi }).route('/', authenticator.routes);
  app.listener.serve(requestListener(app.site, appSite));

  const walletApp = createSite(wallet.site, { logger });
  walletApp.route('/', signIn.routes).route('/', oidc.routes);
  wallet.listener.serve(requestListener(wallet.site, walletApp, oidc.walletHandler(walletApp)));
  const connectApp = createSite(connect.site, { logger, isCrossSite: () => true });
  connectApp.route('/', oidc.connectRoutes);
  connect.listener.serve(requestListener(connect.site, connectApp, oidc.connectHandler(connectApp)));
  return {
    ready: {
      ...service,
      appUrl: app.site.url.href,
      phones: await createPhones(authenticator, phones),
      authorizationUrl: new URL('/auth', wallet.site.url).href,
      tokenUrl: `${issuer}/protocol/openid-connect/token`,
      userinfoUrl: `${issuer}/protocol/openid-connect/userinfo`,
      introspectionUrl: `${issuer}/protocol/openid-connect/token/introspect`,
    },
    async close() {
      await Promise.all([wallet, connect, app].map(({ listener }) => listener.close()));
      await authenticator[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
      await database.close();
    },
  };
});

async function openSite(name: ListenerName): Promise<{ listener: Listener; site: Site }> {
  const listener = await openListener({ port: 0, bind: '127.0.0.1' });
  const url = new URL(`http://localhost:${listener.port}`);
  return { listener, site: { name, url, title: { fr: 'Connexion', en: 'Sign-in' }, sandbox: true } };
}
