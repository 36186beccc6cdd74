import type { Clock } from '#platform/clock.ts';
import { type Persona, personas, professions } from './personas.ts';
import type { Card, CardAuthority, CardRequest } from './pki/index.ts';
import { pin } from './reader/pin.ts';

/** The cards of the sandbox's people: kept by the authority, made at the first start. */
export interface PersonaCards {
  /** Undefined for a persona without a card. */
  find(persona: Persona): Promise<Card | undefined>;
  /** Makes or reads every card. */
  open(): Promise<void>;
}

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;

export function createPersonaCards(authority: CardAuthority, clock: Clock): PersonaCards {
  const opened = new Map<string, Card>();
  async function find(persona: Persona): Promise<Card | undefined> {
    if (!persona.card) return undefined;
    const known = opened.get(persona.slug);
    if (known) return known;
    const card = await authority.openCard(persona.slug, cardRequest(persona, clock.now() - clock.aheadMs));
    opened.set(persona.slug, card);
    return card;
  }
  return {
    find,
    async open() {
      await Promise.all(personas.map(find));
    },
  };
}

/** Cards live three years; the expired one ran out a month ago. */
function cardRequest(persona: Persona, realNow: number): CardRequest {
  const { nationalId, givenName, familyName, profession } = persona;
  const notAfter = persona.card === 'expired' ? realNow - 30 * dayMs : realNow + 2 * yearMs;
  return {
    nationalId,
    givenName,
    familyName,
    profession: profession && professions[profession],
    notBefore: notAfter - 3 * yearMs,
    notAfter,
    usage: 'authentication',
    pin,
  };
}
