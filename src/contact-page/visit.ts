import type { Context } from 'hono';
import type { Clock } from '#platform/clock.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { RelyingParty } from '#relying-party';
import { withQuery } from './paths.ts';
import type { ContactDesk } from './ports.ts';
import { parseReturnAddress, type ReturnAddress, type ReturnSites } from './return-address.ts';
import { parseVisitor, type Visitor } from './visitor.ts';

export interface ContactPageDependencies {
  relyingParty: RelyingParty;
  desk: ContactDesk;
  clock: Clock;
  /** The sites that `?retour=` may name. */
  returnSites: ReturnSites;
}

/** One request as its step sees it. */
export interface Visit {
  c: Context<AppEnv>;
  desk: ContactDesk;
  clock: Clock;
  relyingParty: RelyingParty;
  /** Absent where nobody is signed in. */
  visitor: Visitor | undefined;
  /** The checked way back. */
  back: ReturnAddress | undefined;
  /** A page of this module, the way back kept. */
  href(path: string, query?: Record<string, string>): string;
}

export async function openVisit(
  c: Context<AppEnv>,
  { relyingParty, desk, clock, returnSites }: ContactPageDependencies,
): Promise<Visit> {
  const session = await relyingParty.findSession(c);
  const back = parseReturnAddress(c.req.query('retour'), returnSites);
  return {
    ...{ c, desk, clock, relyingParty, back },
    visitor: session && parseVisitor(session.claims),
    href: (path, query = {}) => withQuery(path, { ...query, retour: back?.href }),
  };
}
