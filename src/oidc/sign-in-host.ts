import type { Context } from 'hono';
import type { AdapterPayload, Interaction, InteractionResults } from 'oidc-provider';
import type { Provider } from 'oidc-provider/lib/provider.js';
import type { Verification } from '#national-id';
import { findStoreFault } from '#platform/database/store-fault.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { ProofUsed, type SignInHost, type SignInRequest } from '#sign-in';
import { type BridgedVerification, subjectOf } from './identity-claims.ts';
import type { OidcPolicy } from './policy.ts';
import type { RecordSignIn } from './record-sign-in.ts';
import { methodsFor } from './requested-level.ts';
import type { UnitOfWork } from './unit-of-work.ts';
import { nodeExchange } from './wallet-routes.ts';

export interface SignInHostDependencies {
  provider: Provider;
  work: UnitOfWork<AdapterPayload>;
  policy: OidcPolicy;
  recordSignIn: RecordSignIn;
}

/** Lends the library's interactions to the sign-in pages, which know no OAuth. */
export function createSignInHost(dependencies: SignInHostDependencies): SignInHost {
  const { provider, work, policy, recordSignIn } = dependencies;
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
    async complete(c, { service }, verification, consume) {
      return work.run(async () => {
        const signIn = { verification, service, locale: c.var.locale };
        const known = await recordSignIn(signIn, async (unit) => {
          if (consume && !(await consume(unit))) throw new ProofUsed();
        });
        return close(c, resultOf(known, policy));
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
