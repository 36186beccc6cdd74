import { type Context, Hono } from 'hono';
import type { AppEnv } from '#platform/http/site.ts';
import { confirmCodes, sendAgain, showCodes } from './codes-step.ts';
import { showSaved, showTransmitted } from './end-pages.ts';
import { parseTyped } from './forms.ts';
import { askNotMe, blockChange } from './not-me-step.ts';
import { renderOwnForm } from './own-form.ts';
import { paths, withQuery } from './paths.ts';
import type { TypedContacts } from './ports.ts';
import { sendRequest, showRequestForm } from './request-step.ts';
import { renderSignIn } from './sign-in-page.ts';
import { type ContactPageDependencies, openVisit, type Visit } from './visit.ts';
import type { Access } from './visitor.ts';

/** The page's own address, for those who send people here; `returnTo` is an address of wallet or app. */
export function contactPageUrl(directoryUrl: URL, returnTo?: string): URL {
  return new URL(withQuery(paths.page, { retour: returnTo }), directoryUrl);
}

/** The page behind **Ce n'est pas moi**, for notices. */
export function notMeUrl(directoryUrl: URL, token: string): URL {
  return new URL(withQuery(paths.notMe, { jeton: token }), directoryUrl);
}

type Step = (visit: Visit) => Response | Promise<Response>;

export function createContactPage(dependencies: ContactPageDependencies): { routes: Hono<AppEnv> } {
  const step = (run: Step) => async (c: Context<AppEnv>) => run(await openVisit(c, dependencies));
  const routes = new Hono<AppEnv>();
  routes.get(paths.page, step(showPage));
  routes.post(paths.page, step(save));
  routes.post(paths.card, step(signInByCard));
  routes.get(paths.withoutCard, step(showRequestForm));
  routes.post(paths.withoutCard, step(sendRequest));
  routes.get(paths.transmitted, step(showTransmitted));
  routes.get(paths.codes, step(showCodes));
  routes.post(paths.codes, step(confirmCodes));
  routes.post(paths.sendAgain, step(sendAgain));
  routes.get(paths.saved, step(showSaved));
  routes.get(paths.notMe, step(askNotMe));
  routes.post(paths.notMe, step(blockChange));
  return { routes };
}

/** The dispatcher: nobody known, somebody who may not, or the form of whoever may. */
async function showPage(visit: Visit): Promise<Response> {
  const { c, visitor } = visit;
  if (!visitor) return c.req.query('session') === 'aucune' ? renderSignIn(visit) : signInSilently(visit);
  const { access } = visitor;
  if (access.way === 'none') return renderSignIn(visit, access.reason);
  const known = await visit.desk.find(access.rpps);
  if (!known) return renderSignIn(visit, 'no_record');
  return renderOwnForm(visit, { access, known, typed: { email: '', phone: '' } });
}

/** A session that is open on wallet, by card or e-CPS, is enough; without one, the page says what is. */
function signInSilently({ c, relyingParty, href }: Visit): Promise<Response> {
  return relyingParty.startSignIn(c, {
    returnTo: href(paths.page),
    prompt: 'none',
    deniedTo: href(paths.page, { session: 'aucune' }),
  });
}

/** **Carte CPS**: only a card reaches `eidas2`. */
function signInByCard({ c, relyingParty, href }: Visit): Promise<Response> {
  return relyingParty.startSignIn(c, {
    returnTo: href(paths.page),
    acrValues: 'eidas2',
    deniedTo: href(paths.page, { session: 'aucune' }),
  });
}

/** **Enregistrer**, signed in. */
async function save(visit: Visit): Promise<Response> {
  const access = visit.visitor?.access;
  if (!access || access.way === 'none') return visit.c.redirect(visit.href(paths.page), 303);
  const typed = await parseTyped(visit.c);
  const answer = await change(visit, access, typed);
  if (answer.outcome === 'saved') return visit.c.redirect(visit.href(paths.saved), 303);
  if (answer.outcome === 'codes_sent')
    return visit.c.redirect(visit.href(paths.codes, { demande: answer.changeId }), 303);
  const known = await visit.desk.find(access.rpps);
  if (answer.outcome === 'no_record' || !known) return renderSignIn(visit, 'no_record');
  return renderOwnForm(visit, { access, known, typed, refusal: answer });
}

function change({ c, desk }: Visit, access: Exclude<Access, { way: 'none' }>, typed: TypedContacts) {
  const { locale } = c.var;
  const { rpps } = access;
  return access.way === 'card'
    ? desk.saveUnderCard({ rpps, adeli: access.adeli, typed, locale })
    : desk.startUnderEcps({ rpps, typed, locale });
}
