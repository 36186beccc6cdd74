import type { TestContext } from 'node:test';
import { employedCodes, locumCodes, organization, practitioner, role } from '../fhir-directory.ts';
import { type PortalSite, startPortalSite } from '../portal-site.ts';
import type { Camera } from './album.ts';

const claire = {
  SubjectNameID: '899700000013',
  given_name: 'Claire',
  family_name: 'Fontaine',
  codeCivilite: 'MME',
  authMode: 'CARD',
};
const underAdeli = { ...claire, SubjectNameID: '0991234568' };
const longNamed = {
  ...claire,
  given_name: 'Marie-Antoinette-Bérangère',
  family_name: 'de Rochechouart-Mortemart-Clermont-Tonnerre',
};

const repair = (cause: string | null, steps: string[] = [], chain: object = {}) => ({
  cause,
  uri: 'http://localhost:4002/reparation',
  steps: cause ? [cause, ...steps] : [],
  chain: {
    signedIn: { method: 'card', kind: 'rpps' },
    directory: { rpps: '99700000013', places: 2, asOf: '2026-11-23T00:00:00.000Z' },
    ecps: 'none',
    ...chain,
  },
});

const longPlace = organization(
  'o1',
  'Groupement interprofessionnel de coopération sanitaire Saint-Barthélemy-d’Anjou-Trélazé et environs',
  {
    alias: ['Maisonpluriprofessionnelledesantéuniversitairedupaysdelorient'],
    address: [
      {
        line: [
          'Bâtiment Hippocrate, escalier B, 4e étage, 1234 bis boulevard du Maréchal-de-Lattre-de-Tassigny',
        ],
        postalCode: '49124',
        city: 'Saint-Barthélemy-d’Anjou-les-Ponts-de-Cé',
      },
    ],
  },
);

/** Signed in with these claims: the page about places. */
type SignIn = (name: string, claims: Record<string, unknown>) => Promise<void>;

export async function takePortal(t: TestContext, camera: Camera): Promise<void> {
  const site = await startPortalSite(t);
  const signIn: SignIn = async (name, claims) => {
    const { page } = await site.signIn(claims, `?lang=${camera.language}`);
    await camera.take(`portal: ${name}`, page);
  };
  await takeCauses(site, signIn);
  await takePlaces(site, signIn);
  await takeSession(site, camera);
  await takeFailures(site, camera);
}

async function takeCauses({ directory }: PortalSite, signIn: SignIn): Promise<void> {
  directory.answer((request) => (request.pathname.endsWith('/Practitioner') ? [practitioner()] : []));
  const causes = [
    'authenticator_expired',
    'identity_mismatch',
    'record_inactive',
    'no_rpps',
    'place_closed',
    'no_place_of_practice',
  ];
  for (const cause of causes) await signIn(cause, { ...claire, repair: repair(cause) });
  await signIn('legacy_adeli_identity', {
    ...underAdeli,
    repair: repair('legacy_adeli_identity', ['no_contact_details']),
  });
  await signIn('legacy_adeli_identity, e-CPS active', {
    ...underAdeli,
    repair: repair('legacy_adeli_identity', [], { ecps: 'active' }),
  });
  await signIn('ecps_under_adeli', {
    ...underAdeli,
    authMode: 'MOBILE',
    repair: repair('ecps_under_adeli', ['legacy_adeli_identity'], { ecps: 'adeli' }),
  });
  await signIn('no diagnosis', underAdeli);
}

async function takePlaces({ directory }: PortalSite, signIn: SignIn): Promise<void> {
  const answer = (...found: object[]) =>
    directory.answer((request) => (request.pathname.endsWith('/Practitioner') ? [practitioner()] : found));
  answer(role('r1', undefined, locumCodes));
  await signIn('a locum', { ...claire, repair: repair(null) });
  await signIn('an employee', {
    ...claire,
    SubjectNameID: '500000001815646/CPAT00045',
    repair: repair(null),
  });
  answer(role('r1', 'o1'), organization('o1', 'Cabinet infirmier des Halles'));
  await signIn('one place', { ...claire, repair: repair(null) });
  answer(
    role('r1', 'o1'),
    role('r2', 'o2', employedCodes),
    longPlace,
    organization('o2', 'Maison de santé de Ploemeur', { telecom: [], address: [] }),
  );
  await signIn('long names', { ...longNamed, repair: repair(null) });
  directory.answer(() => ({ status: 503, body: '' }));
  await signIn('the directory does not answer', claire);
}

async function takeSession(site: PortalSite, { take, openBrowser, language }: Camera): Promise<void> {
  site.directory.answer(() => []);
  const stranger = await openBrowser();
  await take('portal: first page', stranger.open(new URL('/', site.site)));
  const { browser, page } = await site.signIn(claire, `?lang=${language}`);
  await take('portal: first page, signed in', browser.open(new URL('/', site.site)));
  site.clock.setAhead(31 * 60_000);
  await take('portal: session ended', browser.open(page.url));
  site.clock.setAhead(0);
  await take('portal: signed out', stranger.open(new URL('/deconnexion/retour', site.site)));
}

async function takeFailures({ site, issuer }: PortalSite, { take, openBrowser }: Camera): Promise<void> {
  const open = async (name: string, path: string) =>
    take(`portal: ${name}`, (await openBrowser()).open(new URL(path, site)));
  await open('sign-in lost', '/connexion/retour?state=unknown&code=unknown');
  await open('sign-in from a stranger', '/connexion/initier?iss=https://evil.example');
  issuer.answer({ error: 'access_denied' });
  await open('sign-in denied', '/connexion/demarrer');
  issuer.answer({ error: 'server_error' });
  await open('issuer in trouble', '/connexion/demarrer');
  issuer.answer({ error: 'invalid_request' });
  await open('sign-in refused', '/connexion/demarrer');
  await open('no such page', '/nulle-part');
}
