import { Hono } from 'hono';
import { contactPath, parseVisitor } from '#contact-page';
import {
  createDirectoryPages,
  createOperatorPages,
  fhirRules,
  operatorPath,
  type SignInGate,
} from '#directory';
import type { AppEnv } from '#platform/http/site.ts';
import { isCrossSitePath, type RelyingParty } from '#relying-party';
import { sandboxOperator } from '#sandbox';
import { type BuiltContactPage, buildContactPage, type ContactPageParts } from './build-contact-page.ts';
import { buildFhir, type FhirParts } from './build-fhir.ts';
import { buildRefreshJobs } from './build-refresh.ts';

export type DirectorySiteParts = ContactPageParts & FhirParts;

export interface BuiltDirectorySite extends Pick<BuiltContactPage, 'jobHandlers' | 'sweep'> {
  /** For the directory listener. */
  routes: Hono<AppEnv>;
  rules: typeof fhirRules;
}

/** The FHIR API, the search for people, and the pages of contact details and of those who run the directory. */
export function buildDirectorySite(parts: DirectorySiteParts, issuer: URL): BuiltDirectorySite {
  const contactPage = buildContactPage(parts, issuer);
  const fhir = buildFhir(parts);
  const isCrossSite = (path: string) => fhirRules.isCrossSite(path) || isCrossSitePath(path);
  return {
    rules: { ...fhirRules, isCrossSite },
    routes: new Hono<AppEnv>()
      .route('/', createDirectoryPages({ ...parts.directory, contactDetailsPath: contactPath, operatorPath }))
      .route('/', contactPage.routes)
      .route('/', buildOperatorPages(parts, contactPage))
      .route('/', fhir.routes),
    jobHandlers: { ...contactPage.jobHandlers, ...fhir.jobHandlers, ...buildRefreshJobs(parts) },
    async sweep() {
      await contactPage.sweep();
      await fhir.sweep();
    },
  };
}

/** Signed in as on the page of contact details. */
function buildOperatorPages(
  { config, directory, clock }: DirectorySiteParts,
  { relyingParty, desk }: BuiltContactPage,
): Hono<AppEnv> {
  return createOperatorPages({
    ...{ directory, desk, clock },
    gate: createGate(relyingParty),
    operators: [...config.directoryOperators, sandboxOperator.idNatPs],
    inventedOperator: sandboxOperator.name,
  });
}

function createGate(relyingParty: RelyingParty): SignInGate {
  return {
    async findPerson(c) {
      const session = await relyingParty.findSession(c);
      if (!session) return undefined;
      const { idNatPs, kind, value, name } = parseVisitor(session.claims);
      const { signOutAction } = relyingParty;
      return { idNatPs, signedIn: { nationalId: { kind, value }, idNatPs, name, signOutAction } };
    },
    signInSilently: (c, returnTo, deniedTo) =>
      relyingParty.startSignIn(c, { returnTo, deniedTo, prompt: 'none' }),
    startHref: (returnTo) => relyingParty.startHref(returnTo),
  };
}
