import { type Context, Hono } from 'hono';
import { rpps } from '#national-id';
import type { AppEnv } from '#platform/http/site.ts';
import { findCardCode } from './card-code.ts';
import { activationRpps } from './case-file.ts';
import { type CodeView, renderCode, renderRedeemed } from './code-page.ts';
import { goBack, goOn } from './go-on.ts';
import { renderMail, requestAddress } from './mail-page.ts';
import { renderRepairPage } from './pages.ts';
import { paths } from './paths.ts';
import type { RepairParts } from './repair-parts.ts';
import type { OpenTicket } from './tickets.ts';
import { findProgress, tellState } from './waiting.ts';

type Answer = Response | Promise<Response>;
type Step = (c: Context<AppEnv>, parts: RepairParts, open: OpenTicket) => Answer;

const pattern = ':ticket';

/** Wallet's pages below `/reparation`. */
export function createRoutes(parts: RepairParts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const open = (step: Step) => async (c: Context<AppEnv>) => {
    const ticket = await parts.tickets.open(c, idOf(c));
    if (!ticket) return leadIn(c, parts);
    const progress = await findProgress(parts, ticket);
    return step(c, parts, { ticket, progress, file: await parts.diagnose(ticket.verification) });
  };
  routes.get(paths.own, async (c) => {
    const id = await parts.tickets.findOwnId(c);
    return c.redirect(id === undefined ? parts.signInUrl(paths.own) : paths.ticket(id), 303);
  });
  routes.get(paths.ticket(pattern), open(showTicket));
  routes.get(paths.code(pattern), open(showCode));
  routes.get(paths.card(pattern), open(readCard));
  routes.get(paths.mail(pattern), open(showMail));
  routes.post(paths.mail(pattern), open(chooseMail));
  routes.get(paths.ecps(pattern), open(signInByEcps));
  routes.post(
    paths.back(pattern),
    open((c, _, { ticket }) => goBack(c, ticket)),
  );
  routes.get(paths.state(pattern), async (c) => {
    const ticket = await parts.tickets.find(c, idOf(c));
    return ticket ? tellState(c, parts, ticket) : c.json({ pending: false }, 404);
  });
  return routes;
}

const idOf = (c: Context<AppEnv>): string => c.req.param('ticket') ?? '';

/** Who may not open this one gets their own; nobody known is asked to sign in. */
async function leadIn(c: Context<AppEnv>, { tickets, signInUrl }: RepairParts): Promise<Response> {
  const isKnown = (await tickets.findOwnId(c)) !== undefined;
  return c.redirect(isKnown ? paths.own : signInUrl(paths.ticket(idOf(c))), 303);
}

const showTicket: Step = (c, { addresses, ecps }, open) =>
  renderRepairPage(c, { ...open, addresses, hasApp: ecps !== undefined });

/** **Scanner avec mon téléphone**. */
const showCode: Step = async (c, parts, open) => {
  const { ticket } = open;
  const gone = await goOn(c, parts, open);
  if (gone) return gone;
  const code = await findCardCode(parts, open, c.var.locale);
  if (code.outcome === 'not_offered') return c.redirect(paths.ticket(ticket.id), 303);
  if (code.outcome === 'read_card') return readCard(c, parts, open);
  await chooseWay(parts, open, 'card');
  const enrolment = code.outcome === 'code' ? 'waiting' : 'redeemed';
  const view: CodeView = {
    ticket,
    progress: { ...open.progress, enrolment },
    appUrl: parts.addresses.app,
  };
  return code.outcome === 'code' ? renderCode(c, view, code.url) : renderRedeemed(c, view);
};

/** **Avec ma carte CPS**, and a card that was read too long ago. */
const readCard: Step = (c, { signInUrl }, { ticket }) =>
  c.redirect(signInUrl(paths.code(ticket.id), { byCard: true }), 303);

/** **Par mail et SMS**. */
const chooseMail: Step = async (c, parts, open) => {
  await chooseWay(parts, open, 'mail');
  return c.redirect(paths.mail(open.ticket.id), 303);
};

const showMail: Step = async (c, parts, open) => {
  const { ticket, file, progress } = open;
  const gone = await goOn(c, parts, open);
  if (gone) return gone;
  const number = activationRpps(file);
  const contacts = number === null ? undefined : await parts.directory.findContactDetails(rpps(number));
  const { email, phone } = contacts ?? {};
  if (!parts.ecps || number === null || !email || !phone) return c.redirect(paths.ticket(ticket.id), 303);
  return renderMail(c, {
    ticket,
    progress,
    href: requestAddress(parts.addresses.app, number),
    contacts: { email, phone },
  });
};

/** What a sandbox's home shows; written once. */
async function chooseWay(
  { database, store, clock }: RepairParts,
  { ticket }: OpenTicket,
  way: 'card' | 'mail',
) {
  if (ticket.way === way) return;
  await database.write((unit) => store.chooseWay(unit, ticket.id, way, clock.now()));
}

/** **Se connecter avec ma e-CPS**. */
const signInByEcps: Step = async (c, parts, open) =>
  (isOwnLink(c) ? await goOn(c, parts, open) : undefined) ?? c.redirect(paths.ticket(open.ticket.id), 303);

/** A page elsewhere that links here would sign people out. */
function isOwnLink(c: Context<AppEnv>): boolean {
  return (c.req.header('sec-fetch-site') ?? 'same-origin') === 'same-origin';
}
