import type { Context } from 'hono';
import type { AppEnv } from '#platform/http/site.ts';
import { findPersona, type Persona } from '../personas.ts';
import type { World } from '../world.ts';
import type { PersonaPhones } from './persona-phones.ts';
import { defaultStore, openingAddress, parseAppAddress } from './phone-address.ts';
import { findShownStore, showPhone, takeNextAddress } from './phone-cookies.ts';

/** The app in the frame of the home. */
export interface ShownPhone {
  /** Name of the app's store. */
  store: string;
  address: string;
}

/** How a browser of the sandbox comes to the app: in the home's frame, or in a window. */
export interface PhoneDoor {
  /** What the frame loads in this page; undefined while the phone is off. */
  shown(c: Context<AppEnv>): Promise<ShownPhone | undefined>;
  /** Puts the app into the frame: the persona's phone, or nobody's. */
  open(c: Context<AppEnv>, persona: Persona | undefined): Promise<void>;
  /** Puts an address of the app into the frame; false where it is none. */
  openAddress(c: Context<AppEnv>, persona: Persona | undefined, text: string): Promise<boolean>;
  /** The address for a window. */
  windowAddress(persona: Persona | undefined): Promise<string>;
  /** An open phone becomes this persona's. */
  follow(c: Context<AppEnv>, persona: Persona): Promise<void>;
  /** An open phone begins again, after a reset. */
  reopen(c: Context<AppEnv>): Promise<void>;
}

export interface PhoneDoorDependencies {
  /** Base URL of the app. */
  app: URL;
  world: World;
  phones: Pick<PersonaPhones, 'issueToken'>;
}

export function createPhoneDoor({ app, world, phones }: PhoneDoorDependencies): PhoneDoor {
  const storeOf = (persona: Persona | undefined): string => persona?.slug ?? defaultStore;
  const addressOf = async (store: string, address = new URL('/', app), token?: string) =>
    openingAddress(address, { store, world: await world.name(), token });
  const withToken = async (persona: Persona | undefined) =>
    addressOf(storeOf(persona), undefined, persona && (await phones.issueToken(persona)));

  const door: PhoneDoor = {
    async shown(c) {
      const store = findShownStore(c);
      if (store === undefined) return undefined;
      return { store, address: takeNextAddress(c) ?? (await addressOf(store)) };
    },
    async open(c, persona) {
      showPhone(c, storeOf(persona), await withToken(persona));
    },
    async openAddress(c, persona, text) {
      const address = parseAppAddress(app, text);
      if (address) showPhone(c, storeOf(persona), await addressOf(storeOf(persona), address));
      return address !== undefined;
    },
    windowAddress: withToken,
    async follow(c, persona) {
      if (findShownStore(c) !== undefined) await door.open(c, persona);
    },
    async reopen(c) {
      const store = findShownStore(c);
      if (store !== undefined) await door.open(c, findPersona(store));
    },
  };
  return door;
}
