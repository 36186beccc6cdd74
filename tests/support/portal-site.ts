import type { TestContext } from 'node:test';
import { createLogger } from '#platform/logger.ts';
import { createFhirClient, createPortal, portalPaths } from '#portal';
import { type CookieBrowser, createCookieBrowser, type Page } from './cookie-browser.ts';
import { type FhirDirectory, startFhirDirectory } from './fhir-directory.ts';
import { type RelyingPartySite, startRelyingPartySite } from './relying-party-site.ts';

export interface PortalSite extends RelyingPartySite {
  directory: FhirDirectory;
  /** A browser that signs in as the person of these claims, and the page that it ends on. */
  signIn(claims: Record<string, unknown>, query?: string): Promise<{ browser: CookieBrowser; page: Page }>;
}

/** The portal between an issuer and a directory that are not ours. */
export async function startPortalSite(t: TestContext): Promise<PortalSite> {
  const directory = await startFhirDirectory(t);
  const site = await startRelyingPartySite(t, {
    homePath: portalPaths.places,
    signInPath: portalPaths.signIn,
    routes: (relyingParty, app) => {
      const client = createFhirClient({ baseUrl: directory.url });
      const portal = createPortal({ relyingParty, directory: client, logger: createLogger('silent') });
      app.route('/', portal.routes);
    },
  });
  return {
    ...site,
    directory,
    async signIn(claims, query = '') {
      const browser = createCookieBrowser();
      site.issuer.answer({ claims: { sub: `f:uuid:${claims.SubjectNameID}`, ...claims } });
      const page = await browser.open(new URL(`/connexion/demarrer${query}`, site.site));
      return { browser, page };
    },
  };
}
