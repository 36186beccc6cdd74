import type { Chain, ChainNode } from '#platform/html/chain.ts';
import { numberText } from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Locale } from '#platform/html/messages.ts';
import type { Cause } from './cause.ts';
import { messages } from './messages.ts';
import type { EcpsState, Person } from './person.ts';

interface Diagnosis {
  person: Person;
  cause: Cause;
  /** Whether the identifier of the sign-in is the one that the directory goes by. */
  recognised: boolean;
  rpps: string | null;
  places: number | null;
  ecps: EcpsState | 'unknown';
}

/** Causes that lie between the identifier of the sign-in and the directory's record. */
const unrecognised = new Set<Cause>([
  'identity_mismatch',
  'record_inactive',
  'no_rpps',
  'ecps_under_adeli',
  'legacy_adeli_identity',
]);

/** The figure of a diagnosis: what one signed in with, what the directory knows, one's authenticator. */
export function chainOf(person: Person, cause: Cause, locale: Locale): Chain {
  const chain = person.repair?.chain;
  const diagnosis: Diagnosis = {
    person,
    cause,
    recognised: person.kind !== 'adeli' && !unrecognised.has(cause),
    rpps: chain?.directory.rpps ?? (person.kind === 'rpps' ? person.value : null),
    places: chain?.directory.places ?? null,
    ecps: chain?.ecps ?? 'unknown',
  };
  return {
    nodes: [signedInNode(diagnosis, locale), directoryNode(diagnosis, locale), ecpsNode(diagnosis, locale)],
    links: [
      diagnosis.recognised ? 'sound' : 'cut',
      diagnosis.rpps !== null && diagnosis.ecps === 'active' ? 'sound' : 'cut',
    ],
  };
}

function signedInNode({ person }: Diagnosis, locale: Locale): ChainNode {
  const texts = messages(locale).chain;
  const method = methodOf(person);
  return {
    icon: method === 'ecps' ? 'smartphone' : 'id-card',
    title: texts.signedInWith[person.gender],
    detail: `${texts.identifier[person.kind]} ${texts.of[method]}`,
    state: person.kind === 'adeli' ? 'broken' : 'sound',
  };
}

function methodOf({ method, repair }: Person): 'card' | 'ecps' | 'unknown' {
  const told = repair?.chain.signedIn.method;
  return told === 'card' || told === 'ecps' ? told : (method ?? 'unknown');
}

function directoryNode(diagnosis: Diagnosis, locale: Locale): ChainNode {
  const texts = messages(locale).chain;
  const { rpps, places } = diagnosis;
  return {
    icon: 'book-search',
    title: rpps ? texts.knownAs : texts.directory,
    detail: rpps ? recordDetail(rpps, diagnosis, locale) : missingDetail(diagnosis.cause, locale),
    state: places && diagnosis.cause !== 'record_inactive' ? 'sound' : 'broken',
  };
}

function recordDetail(rpps: string, { cause, places }: Diagnosis, locale: Locale): Html {
  const texts = messages(locale).chain;
  const state = cause === 'record_inactive' ? texts.inactive : texts.placeCount(places ?? 0);
  return html`${texts.rpps} ${numberText('rpps', rpps)} · ${state}`;
}

function missingDetail(cause: Cause, locale: Locale): string {
  const texts = messages(locale).chain;
  if (cause === 'identity_mismatch') return texts.mismatch;
  if (cause === 'record_inactive') return texts.inactive;
  if (cause === 'no_rpps') return texts.noRpps;
  return cause === 'legacy_adeli_identity' || cause === 'ecps_under_adeli' ? texts.underRpps : texts.noPlace;
}

/** An e-CPS that was never activated is missing only where it is the way out. */
function ecpsNode({ ecps, recognised, cause }: Diagnosis, locale: Locale): ChainNode {
  const texts = messages(locale).chain;
  return {
    icon: 'smartphone',
    title: texts.ecps,
    detail: texts.ecpsStates[ecps],
    state: ecpsState(ecps, !recognised && cause === 'legacy_adeli_identity'),
  };
}

function ecpsState(ecps: Diagnosis['ecps'], missing: boolean): ChainNode['state'] {
  if (ecps === 'active') return 'sound';
  if (ecps === 'unknown') return 'neutral';
  return ecps === 'none' && !missing ? 'neutral' : 'broken';
}
