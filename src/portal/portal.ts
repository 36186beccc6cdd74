import { type Context, Hono } from 'hono';
import { button } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { SignedIn } from '#platform/html/layout.ts';
import type { Locale } from '#platform/html/messages.ts';
import { type Page, renderPage } from '#platform/html/page.ts';
import { getSiteCookie } from '#platform/http/cookies.ts';
import { newReference } from '#platform/http/reference.ts';
import type { AppEnv } from '#platform/http/site.ts';
import type { Logger } from '#platform/logger.ts';
import type { RelyingParty, Session } from '#relying-party';
import { renderExplained } from './explained-page.ts';
import { DirectoryUnavailable, type FhirClient } from './fhir-client.ts';
import { messages } from './messages.ts';
import { renderNoPlace } from './no-place-page.ts';
import { type Person, parsePerson } from './person.ts';
import { type DirectoryRecord, professionsOf } from './places.ts';
import { renderPlaces } from './places-page.ts';
import { decideSituation, type Situation } from './situation.ts';
import { renderWelcome } from './welcome-page.ts';

/** Where people come in, and the page about their places; the relying party leads from the one to the other. */
export const portalPaths = { signIn: '/professionnel/connexion', places: '/professionnel/lieux' } as const;

export interface PortalDependencies {
  relyingParty: RelyingParty;
  directory: FhirClient;
  logger: Logger;
}

export interface Portal {
  routes: Hono<AppEnv>;
}

export function createPortal(dependencies: PortalDependencies): Portal {
  const { relyingParty } = dependencies;
  const routes = new Hono<AppEnv>();
  const welcome = (c: Context<AppEnv>) => showWelcome(c, relyingParty);
  routes.get('/', welcome);
  routes.get(portalPaths.signIn, welcome);
  routes.get(
    portalPaths.places,
    relyingParty.requireSession((c, session) => showPlaces(c, dependencies, session)),
  );
  return { routes };
}

async function showWelcome(c: Context<AppEnv>, relyingParty: RelyingParty): Promise<Response> {
  const session = await relyingParty.findSession(c);
  return renderWelcome(c, {
    startHref: relyingParty.startHref(portalPaths.places),
    placesHref: portalPaths.places,
    ended: !session && getSiteCookie(c, 'session') !== undefined,
    ...(session ? { signedIn: signedInOf(parsePerson(session.claims), relyingParty) } : {}),
  });
}

async function showPlaces(
  c: Context<AppEnv>,
  { relyingParty, directory, logger }: PortalDependencies,
  session: Session,
): Promise<Response> {
  const person = parsePerson(session.claims);
  const signedIn = signedInOf(person, relyingParty);
  try {
    const record = await findRecord(directory, person);
    const page = pageOf({ person, record, locale: c.var.locale, logger });
    return renderPage(c, { ...page, width: 'wide', signedIn });
  } catch (error) {
    if (!(error instanceof DirectoryUnavailable)) throw error;
    return renderUnavailable(c, error, signedIn, logger);
  }
}

/** The national directory is kept by RPPS number; other identifiers have nothing there. */
async function findRecord(directory: FhirClient, person: Person): Promise<DirectoryRecord | undefined> {
  if (person.kind !== 'rpps') return undefined;
  const practitioner = await directory.findPractitioner(person.idNatPs);
  return practitioner && { practitioner, roles: await directory.findRoles(practitioner.id) };
}

interface View {
  person: Person;
  record: DirectoryRecord | undefined;
  locale: Locale;
  logger: Logger;
}

function pageOf(view: View): Pick<Page, 'title' | 'body'> {
  const situation = decideSituation(view.person, view.record);
  const { none, places } = messages(view.locale);
  const { title } = situation.kind === 'cause' ? none : places;
  return { title, body: bodyOf(situation, view) };
}

function bodyOf(situation: Situation, { person, record, locale, logger }: View): Html {
  const asOf = asOfOf(person);
  if (situation.kind === 'explained') return renderExplained(person, situation.reason, locale);
  if (situation.kind === 'places') {
    const professions = record ? professionsOf(record.practitioner) : [];
    return renderPlaces({ person, places: situation.places, professions, asOf }, locale);
  }
  const { cause } = situation;
  const reference = newReference();
  logger.info({ reference, cause }, 'no place of practice');
  return renderNoPlace({ person, cause, asOf, reference }, locale);
}

function asOfOf({ repair }: Person): number | undefined {
  const at = Date.parse(repair?.chain.directory.asOf ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function signedInOf({ idNatPs, kind, value, name }: Person, { signOutAction }: RelyingParty): SignedIn {
  return { nationalId: { kind, value }, idNatPs, name, signOutAction };
}

function renderUnavailable(
  c: Context<AppEnv>,
  { reason }: DirectoryUnavailable,
  signedIn: SignedIn,
  logger: Logger,
): Promise<Response> {
  const texts = messages(c.var.locale).unavailable;
  const reference = newReference();
  logger.warn({ reference, reason }, 'directory unavailable');
  return renderPage(c, {
    title: texts.title,
    status: 503,
    signedIn,
    body: html`<h1>${texts.title}</h1><p class="lead">${texts.lead}</p>
<div class="actions">${button({ href: portalPaths.places, label: texts.retry, icon: 'refresh-cw' })}</div>
<p class="reference">${texts.reference} ${reference}</p>`,
  });
}
