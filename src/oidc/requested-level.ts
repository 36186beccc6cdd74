import type { Method } from '#national-id';
import type { OidcPolicy } from './policy.ts';

/** Parameters of an authorization request that ask for a level of assurance. */
export interface LevelRequest {
  /** `acr_values`: the lowest one that we know is enough (OpenID Connect Core 1.0 section 3.1.2.1). */
  acr_values?: unknown;
  /** JSON; an essential `acr` is taken to the letter (section 5.5.1.1). */
  claims?: unknown;
}

/** The means that are good enough for what a service asks. */
export function methodsFor(request: LevelRequest, policy: OidcPolicy): Method[] {
  const methods = Object.keys(policy.levels) as Method[];
  const essential = essentialLevels(request.claims);
  return methods.filter((method) => {
    const level = policy.levels[method];
    return isEnough(level, request, policy) && (essential?.includes(level) ?? true);
  });
}

/** Whether a level meets `acr_values`; levels that we do not know ask for nothing. */
export function isEnough(acr: string | undefined, { acr_values }: LevelRequest, policy: OidcPolicy): boolean {
  const rank = (level: string) => policy.acrValues.indexOf(level);
  const asked = String(acr_values ?? '')
    .split(' ')
    .map(rank)
    .filter((at) => at >= 0);
  return asked.length === 0 || rank(acr ?? '') >= Math.min(...asked);
}

function essentialLevels(claims: unknown): string[] | undefined {
  const acr = typeof claims === 'string' ? JSON.parse(claims)?.id_token?.acr : undefined;
  if (acr?.essential !== true) return undefined;
  if (Array.isArray(acr.values)) return acr.values;
  return acr.value === undefined ? undefined : [acr.value];
}
