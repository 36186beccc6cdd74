import type { Context } from 'hono';
import type { AdapterPayload, Interaction, InteractionResults } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { NationalId, Verification } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import { findStoreFault } from '#platform/database/store-fault.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { ProofUsed, type SignInHost, type SignInRequest } from '#sign-in';
import type { OidcEvents } from './events.ts';
import { type BridgedVerification, subjectOf } from './identity-claims.ts';
import type { OidcPolicy } from './policy.ts';
import { methodsFor } from './requested-level.ts';
import type { SignInRepairs } from './sessions.ts';
import type { UnitOfWork } from './unit-of-work.ts';
import { nodeExchange } from './wallet-routes.ts';

export interface SignInHostDependencies {
  provider: Provider;
  work: UnitOfWork<AdapterPayload>;
  policy: OidcPolicy;
  events: OidcEvents;
  repairs: SignInRepairs | undefined;
  bridging: Bridging | undefined;
}

/** Where an operator turned it on, an ADELI login carries the RPPS identity that its link leads to. */
export interface Bridging {
  /** `undefined` where it leads nowhere, or must not be used. */
  findIdentity(verification: Verification): Promise<NationalId | undefined>;
  /** Audits and announces the use, in the unit that completes the sign-in. */
  record(
    unit: Unit,
    signIn: {
      verification: Verification;
      identity: NationalId;
      service: SignInRequest['service'];
      locale: Locale;
    },
  ): Promise<void>;
}

/** Lends the library's interactions to the sign-in pages, which know no OAuth. */
export function createSignInHost(dependencies: SignInHostDependencies): SignInHost {
  const { provider, work, policy, events, repairs, bridging } = dependencies;
  const open = createOpen(provider);
  const close = async (c: Context<AppEnv>, result: InteractionResults): Promise<string | undefined> => {
    const interaction = await open(c);
    if (!interaction) return undefined;
    interaction.result = { ...interaction.lastSubmission, ...result };
    await interaction.persist();
    return interaction.returnTo;
  };
  return {
    async find(c) {
      const interaction = await open(c);
      return interaction && (await describe(provider, interaction, policy));
    },
    async complete(c, request, verification, consume) {
      const identity = await bridging?.findIdentity(verification);
      const { service } = request;
      return work.run(async () => {
        await work.write(async (unit) => {
          if (consume && !(await consume(unit))) throw new ProofUsed();
          await events.signedIn(unit, verification, service.id);
          if (identity)
            await bridging?.record(unit, { verification, identity, service, locale: c.var.locale });
          await repairs?.endBySignIn(unit, verification);
        });
        return close(c, resultOf({ ...verification, ...(identity ? { bridgedTo: identity } : {}) }, policy));
      });
    },
    refuse: (c) =>
      work.run(() =>
        close(c, { error: 'access_denied', error_description: 'the person went back to the service' }),
      ),
  };
}

/** Reads a request's interaction, once: its page and what completes it are parts of one answer. */
function createOpen(provider: Provider) {
  const opened = new WeakMap<object, Promise<Interaction | undefined>>();
  const read = async (c: Context<AppEnv>): Promise<Interaction | undefined> => {
    // The interaction's cookie is limited to its path; the library throws where it is gone.
    const interaction = await provider.interactionDetails(...nodeExchange(c)).catch(unlessStoreFails);
    return interaction?.uid === c.req.param('uid') ? interaction : undefined;
  };
  return (c: Context<AppEnv>): Promise<Interaction | undefined> => {
    const opening = opened.get(c) ?? read(c);
    opened.set(c, opening);
    return opening;
  };
}

function unlessStoreFails(error: unknown): undefined {
  if (findStoreFault(error)) throw error;
}

async function describe(
  provider: Provider,
  { uid, params, result, returnTo }: Interaction,
  policy: OidcPolicy,
): Promise<SignInRequest> {
  const client = await provider.Client.find(String(params.client_id));
  const id = client?.clientId ?? '';
  const host = URL.parse(String(params.redirect_uri))?.host ?? '';
  return {
    id: uid,
    service: { id, name: client?.clientName ?? id, host },
    methods: methodsFor(params, policy),
    hint: typeof params.login_hint === 'string' ? params.login_hint : undefined,
    verified: result?.verification as Verification | undefined,
    goesOn: result?.login ? returnTo : undefined,
  };
}

/** `consent` and `select_account` answer prompts of that name; the rest travels to the session that the resumed request opens. */
function resultOf(verification: BridgedVerification, policy: OidcPolicy): InteractionResults {
  return {
    login: { accountId: subjectOf(verification, policy), acr: policy.levels[verification.method] },
    consent: {},
    select_account: {},
    verification,
  };
}
