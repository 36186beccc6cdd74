import { type Context, Hono } from 'hono';
import { leavingRedirect } from '#platform/http/leaving-redirect.ts';
import type { AppEnv } from '#platform/http/site.ts';
import { findBrowser, openBrowser } from '../browser-cookie.ts';
import { errors } from '../errors.ts';
import type { PersonaCards } from '../persona-cards.ts';
import { findPersona, type Persona } from '../personas.ts';
import { readerMessages } from './messages.ts';
import { renderCard, renderChoice } from './pages.ts';
import type { Reader } from './reader.ts';

/** An attempt is a host label: nothing else reaches the card listener's address. */
const attemptPath = '/lecteur/:attempt{[a-z0-9][a-z0-9-]{7,62}}';

export interface ReaderRoutesDependencies {
  reader: Reader;
  cards: PersonaCards;
  /** Base URL of the card listener. */
  cardUrl: URL;
}

/** The virtual reader: where the card's template points first. */
export function createReaderRoutes({ reader, cards, cardUrl }: ReaderRoutesDependencies): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const ownReader = (attempt: string) => new URL(`/${attempt}`, cardUrl).href;

  async function showCard(c: Context<AppEnv>, attempt: string, persona: Persona, error?: string) {
    const card = await cards.find(persona);
    if (!card) return renderChoice(c, attempt, ownReader(attempt));
    return renderCard(c, {
      attempt,
      persona,
      validUntil: card.certificate.validToDate.getTime(),
      triesLeft: await reader.triesLeft(persona),
      ownReader: ownReader(attempt),
      ...(error === undefined ? {} : { error }),
    });
  }

  routes.get(attemptPath, async (c) => {
    const attempt = c.req.param('attempt');
    const slot = await reader.find(findBrowser(c));
    return slot?.cardInserted
      ? showCard(c, attempt, slot.persona)
      : renderChoice(c, attempt, ownReader(attempt));
  });

  routes.post(`${attemptPath}/carte`, async (c) => {
    const persona = findPersona(await readText(c, 'persona'));
    if (!persona?.card) throw errors(persona ? 'card.none' : 'persona.unknown', 'persona');
    await reader.insert(openBrowser(c), persona);
    return c.redirect(`/lecteur/${c.req.param('attempt')}`, 303);
  });

  routes.post(`${attemptPath}/retirer`, async (c) => {
    const browser = findBrowser(c);
    if (browser) await reader.remove(browser);
    return c.redirect(`/lecteur/${c.req.param('attempt')}`, 303);
  });

  routes.post(`${attemptPath}/code`, async (c) => {
    const attempt = c.req.param('attempt');
    const slot = await reader.find(findBrowser(c));
    if (!slot?.cardInserted) return c.redirect(`/lecteur/${attempt}`, 303);
    const error = await refusePin(c, reader, slot.persona);
    if (error !== undefined) return showCard(c, attempt, slot.persona, error);
    return leavingRedirect(c, await reader.present(attempt, slot.persona));
  });

  return routes;
}

/** What is wrong with the PIN typed; nothing where it is right. A card does not count an empty one. */
async function refusePin(c: Context<AppEnv>, reader: Reader, persona: Persona): Promise<string | undefined> {
  const texts = readerMessages(c.var.locale);
  const typed = (await readText(c, 'code')).replace(/\s/g, '');
  if (typed === '') return texts.noPin;
  const answer = await reader.verifyPin(persona, typed);
  return answer.verified ? undefined : texts.wrongPin(answer.triesLeft);
}

async function readText(c: Context<AppEnv>, name: string): Promise<string> {
  const value = (await c.req.parseBody())[name];
  return typeof value === 'string' ? value : '';
}
