import { formatIdNatPs, rpps } from '#national-id';
import type { PersonaCards } from '../persona-cards.ts';
import { type Persona, personas, professions } from '../personas.ts';
import type { Card } from '../pki/index.ts';
import type { SeedDirectory } from '../ports.ts';
import { pin } from '../reader/pin.ts';
import { places } from '../seed/places.ts';

/** What every persona of this sandbox chooses where a password is asked for. */
export const personaPassword = 'Marée haute à Lorient';

export interface PersonaJsonDependencies {
  cards: PersonaCards;
  directory: Pick<SeedDirectory, 'findContactDetails'>;
  /** Base URL of this listener. */
  sandboxUrl: URL;
  /** PEM of the authorities that vouch for cards and card listener, root first. */
  authoritiesPem: string;
}

/** `GET /api/personas`. */
export async function listPersonas(dependencies: PersonaJsonDependencies) {
  return Promise.all(personas.map((persona) => toJson(persona, dependencies)));
}

async function toJson(persona: Persona, dependencies: PersonaJsonDependencies) {
  const { slug, givenName, familyName, nationalId, cause } = persona;
  const card = await dependencies.cards.find(persona);
  return {
    slug,
    nationalId: nationalId.value,
    idNatPs: formatIdNatPs(nationalId),
    rpps: persona.rpps,
    adeli: persona.adeli,
    givenName,
    familyName,
    profession: persona.profession && professions[persona.profession].label,
    ...(await findContactDetails(persona, dependencies)),
    means: card ? ['card'] : [],
    cause,
    card: card ? cardJson(persona, card, dependencies) : null,
    ecps: { status: 'none', nationalId: null, password: personaPassword },
    places: persona.places.map((key) => places[key].name),
  };
}

async function findContactDetails(persona: Persona, { directory }: PersonaJsonDependencies) {
  const nationalId = persona.rpps ? rpps(persona.rpps) : persona.nationalId;
  const details = await directory.findContactDetails(nationalId);
  return { email: details?.email ?? null, phone: details?.phone ?? null };
}

function cardJson({ slug, nationalId }: Persona, card: Card, dependencies: PersonaJsonDependencies) {
  return {
    nationalId: nationalId.value,
    p12Url: new URL(`/api/personas/${slug}/card.p12`, dependencies.sandboxUrl).href,
    p12Password: pin,
    pin,
    certificatePem: card.certificatePem,
    privateKeyPem: card.privateKeyPem,
    caPem: dependencies.authoritiesPem,
  };
}
