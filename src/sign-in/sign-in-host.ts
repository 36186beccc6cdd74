import type { Context } from 'hono';
import type { Verification } from '#national-id';
import type { AppEnv } from '#platform/http/site.ts';

/** One pass of a browser through our pages, for one service. */
export interface SignInRequest {
  id: string;
  service: { id: string; name: string; host: string };
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
