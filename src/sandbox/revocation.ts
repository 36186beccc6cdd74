import type { Database } from '#platform/database/database.ts';
import { errors } from './errors.ts';
import type { SandboxEvents } from './events.ts';
import type { PersonaCards } from './persona-cards.ts';
import type { Persona } from './personas.ts';
import type { CardAuthority } from './pki/index.ts';

export interface RevocationDependencies {
  database: Database;
  cards: PersonaCards;
  authority: CardAuthority;
  events: SandboxEvents;
}

/** Revokes a persona's card until the next reset. Throws `card.none`. */
export function createRevocation({ database, cards, authority, events }: RevocationDependencies) {
  return async (persona: Persona): Promise<void> => {
    const card = await cards.find(persona);
    if (!card) throw errors('card.none', 'persona');
    await authority.revoke(card.certificate);
    await database.write((unit) => events.cardRevoked(unit, persona));
  };
}
