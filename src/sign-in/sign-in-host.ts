import type { Context } from 'hono';
import type { Method, Verification } from '#national-id';
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

/**
 * Who asked for the sign-in and takes its outcome. `find` also tells that this browser is the one that began it.
 * `complete` and `refuse` give the address on wallet where the browser goes on; `undefined` where the request is gone.
 */
export interface SignInHost {
  find(c: Context<AppEnv>): Promise<SignInRequest | undefined>;
  complete(
    c: Context<AppEnv>,
    request: SignInRequest,
    verification: Verification,
  ): Promise<string | undefined>;
  refuse(c: Context<AppEnv>): Promise<string | undefined>;
}
