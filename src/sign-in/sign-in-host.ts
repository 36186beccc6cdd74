import type { Context } from 'hono';
import type { Method, Verification } from '#national-id';
import type { Unit } from '#platform/database/database.ts';
import type { AppEnv } from '#platform/http/site.ts';

/** One pass of a browser through our pages, for one service. */
export interface SignInRequest {
  id: string;
  service: { id: string; name: string; host: string };
  /** The means that are good enough for what the service asks. */
  methods: readonly Method[];
  /** Whom the service expects, in its own words. */
  hint: string | undefined;
  /** Who was verified. */
  verified: Verification | undefined;
  /** Where the browser goes on, once somebody was verified. */
  goesOn: string | undefined;
}

/** Uses up what proved the person, within the unit that keeps the outcome; false where it had been used up. */
export type ConsumeProof = (unit: Unit) => Promise<boolean>;

/** Nothing of the outcome was kept. */
export class ProofUsed extends Error {
  override name = 'ProofUsed';
}

/**
 * Who asked for the sign-in and takes its outcome. `find` also tells that this browser is the one that began it.
 * `complete` and `refuse` give the address on wallet where the browser goes on; `undefined` where the request is gone.
 * `complete` throws `ProofUsed` where `consume` says so.
 */
export interface SignInHost {
  find(c: Context<AppEnv>): Promise<SignInRequest | undefined>;
  complete(
    c: Context<AppEnv>,
    request: SignInRequest,
    verification: Verification,
    consume?: ConsumeProof,
  ): Promise<string | undefined>;
  refuse(c: Context<AppEnv>): Promise<string | undefined>;
}
