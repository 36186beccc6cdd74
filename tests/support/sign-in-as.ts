import type { Verification } from '#national-id';
import { createCookieBrowser } from './cookie-browser.ts';
import { type AuthorizationOptions, redeem, signIn, type Tokens, userinfo } from './oidc-client.ts';
import { type ProviderSite, rppsNurse } from './provider-site.ts';

/** What every `sub` begins with (pro-sante-connect.md 2.5). */
export const prefix = 'f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:';

export type Person = Pick<Verification, 'nationalId' | 'method'>;

/** Tokens of a sign-in in a browser of its own. */
export async function signInAs(site: ProviderSite, person: Person, options: AuthorizationOptions = {}) {
  const { nationalId, method } = person;
  site.card.answer = { verification: { ...rppsNurse(site.clock), nationalId, method } };
  return redeem(site, await signIn(createCookieBrowser(), site, options));
}

export async function userinfoOf(
  site: ProviderSite,
  { access_token }: Tokens,
): Promise<Record<string, unknown>> {
  return (await (await userinfo(site, access_token)).json()) as Record<string, unknown>;
}
