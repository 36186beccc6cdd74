import type { SecureMailbox } from '../practitioner.ts';
import { codeSystems, extensionUrls, profiles } from './code-systems.ts';
import type { CodeableConcept, Coding, Extension, Identifier, Meta, ResourceType } from './resource.ts';

/** The URI that the national API gives as source of its data. */
const metaSource = 'https://annuaire.sante.fr';

export interface Versioned {
  lastUpdatedAt: number;
  versionId: number;
  active: boolean;
  registrationAuthority: string | null;
}

export function renderMeta(type: ResourceType, item: Versioned, system: 'RPPS' | 'FINESS'): Meta {
  return {
    ...(item.active ? { extension: [dataTrace(item.registrationAuthority, system)] } : {}),
    versionId: String(item.versionId),
    lastUpdated: renderInstant(item.lastUpdatedAt),
    source: metaSource,
    profile: [...profiles[type]],
  };
}

/** With an offset, as the national API writes instants; UTC, as dates in searches are read. */
export function renderInstant(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00');
}

function dataTrace(authority: string | null, system: string): Extension {
  const extension: Extension[] = [{ url: 'systeme-information', valueCode: system }];
  const [code] = authority?.split('/') ?? [];
  if (code) {
    const valueCodeableConcept = concept(coding(codeSystems.registrationAuthority, code));
    extension.unshift({ url: 'autorite-enregistrement', valueCodeableConcept });
  }
  return { url: extensionUrls.dataTrace, extension };
}

export function coding(system: string | undefined, code: string, display?: string | null): Coding {
  return { ...(system ? { system } : {}), code, ...(display ? { display } : {}) };
}

export function concept(...codings: Coding[]): CodeableConcept {
  return { coding: codings };
}

/** An official identifier; none where the value is absent. */
export function identifier(type: string, system: string, value: string | null): Identifier[] {
  if (!value) return [];
  return [{ use: 'official', type: concept(coding(codeSystems.identifierType, type)), system, value }];
}

/** A secure mailbox (MSSanté) as a contact point. */
export function renderMailbox({ address, type, service, digitization }: SecureMailbox) {
  const metadata: Extension[] = [
    { url: 'type', valueCodeableConcept: concept(coding(codeSystems.mailboxType, type)) },
  ];
  if (service) metadata.push({ url: 'service', valueString: service });
  if (digitization !== null) metadata.push({ url: 'digitization', valueBoolean: digitization });
  const extension: Extension[] = [
    { url: extensionUrls.emailType, valueCoding: coding(codeSystems.messagingType, 'MSSANTE') },
    { url: extensionUrls.mailboxMetadata, extension: metadata },
  ];
  return { extension, system: 'email', value: address };
}

/** Leaves an element out where it would be empty: FHIR forbids empty arrays and strings. */
export function present<Element extends string, Item>(
  element: Element,
  items: readonly Item[],
): Partial<Record<Element, Item[]>> {
  return items.length > 0 ? ({ [element]: [...items] } as Record<Element, Item[]>) : {};
}

export const filled = (...values: (string | null)[]): string[] =>
  values.filter((value) => !!value) as string[];
