import { formatIdNatPs, rpps } from '#national-id';
import type { PersonaCards } from '../persona-cards.ts';
import { type Persona, personas, professions } from '../personas.ts';
import { type EcpsState, findEcps } from '../phone/ecps-state.ts';
import { phonePassword } from '../phone/persona-credential.ts';
import type { Card } from '../pki/index.ts';
import type { PhoneAuthority, SeedDirectory } from '../ports.ts';
import { pin } from '../reader/pin.ts';
import { places } from '../seed/places.ts';

export interface PersonaJsonDependencies {
  cards: PersonaCards;
  directory: Pick<SeedDirectory, 'findContactDetails'>;
  authenticator: PhoneAuthority;
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
  const ecps = await findEcps(dependencies.authenticator, persona);
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
    means: [...(card ? ['card'] : []), ...(ecps.status === 'none' ? [] : ['ecps'])],
    cause,
    card: card ? cardJson(persona, card, dependencies) : null,
    ecps: ecpsJson(ecps),
    places: persona.places.map((key) => places[key].name),
  };
}

function ecpsJson({ status, nationalId }: EcpsState) {
  return { status, nationalId: nationalId?.value ?? null, password: phonePassword };
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
