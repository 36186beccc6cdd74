import type { Organization } from '../organization.ts';
import { codeSystems, extensionUrls, identifierSystems } from './code-systems.ts';
import { renderAddress } from './render-address.ts';
import {
  coding,
  concept,
  filled,
  identifier,
  present,
  renderMailbox,
  renderMeta,
} from './render-resource.ts';
import type { CodeableConcept, Identifier, Resource } from './resource.ts';

/** Profile as-dp-organization. Of a closed place only identifiers, name and `active` are served. */
export function renderOrganization(organization: Organization): Resource {
  const { id, active, name } = organization;
  const system = organization.technicalId.startsWith('F') ? 'FINESS' : 'RPPS';
  const head = {
    resourceType: 'Organization' as const,
    id,
    meta: renderMeta('Organization', organization, system),
  };
  const identifiers = present('identifier', renderIdentifiers(organization));
  const named = name ? { name } : {};
  if (!active) return { ...head, ...identifiers, active, ...named };
  return {
    ...head,
    language: 'fr',
    ...identifiers,
    active,
    ...present('type', renderTypes(organization)),
    ...named,
    ...present('alias', filled(organization.tradeName)),
    ...present('telecom', renderTelecom(organization)),
    ...present('address', renderAddress(organization.address)),
    ...renderPartOf(organization),
  };
}

/** The extracts tell the number of a site's legal entity, not the entity: a logical reference. */
function renderPartOf({ finessSite, finessLegalEntity }: Organization) {
  const [entity] = identifier('FINEJ', identifierSystems.finess, finessSite && finessLegalEntity);
  return entity ? { partOf: { identifier: entity } } : {};
}

function renderIdentifiers(organization: Organization): Identifier[] {
  const { formerId, finessSite, finessLegalEntity, siren, siret } = organization;
  const rank = formerId?.startsWith('4') ? formerId.slice(1) : null;
  return [
    ...identifier('IDNST', identifierSystems.idNatStruct, formerId),
    ...identifier('FINEG', identifierSystems.finess, finessSite),
    ...identifier('FINEJ', identifierSystems.finess, finessSite ? null : finessLegalEntity),
    ...identifier('SIREN', identifierSystems.sirene, siren),
    ...identifier('SIRET', identifierSystems.sirene, siret),
    ...identifier('RPPSRG', identifierSystems.rppsRank, rank),
  ];
}

/** One concept an idea, each told apart by an extension. */
function renderTypes(organization: Organization): CodeableConcept[] {
  const { sector, sectorLabel } = organization;
  const entity = isLegalEntity(organization) ? 'LEGAL-ENTITY' : 'GEOGRAPHICAL-ENTITY';
  const types = [typeConcept('organizationType', concept(coding(codeSystems.organizationType, entity)))];
  if (sector) {
    types.push(typeConcept('secteurActiviteRASS', concept(coding(codeSystems.sector, sector, sectorLabel))));
  }
  return types;
}

/** Practices are their own legal entity; a FINESS entity is one if it has no number as a site. */
function isLegalEntity({ technicalId, finessSite, finessLegalEntity }: Organization): boolean {
  return technicalId.startsWith('R') || (!!finessLegalEntity && !finessSite);
}

function typeConcept(kind: string, value: CodeableConcept): CodeableConcept {
  return { extension: [{ url: extensionUrls.organizationTypes, valueCode: kind }], ...value };
}

function renderTelecom({ phone, phone2, fax, email, mailboxes }: Organization): object[] {
  return [
    ...filled(phone).map((value) => ({ system: 'phone', value, rank: 1 })),
    ...filled(phone2).map((value) => ({ system: 'phone', value, rank: 2 })),
    ...filled(fax).map((value) => ({ system: 'fax', value })),
    ...filled(email).map((value) => ({ system: 'email', value })),
    ...mailboxes.map(renderMailbox),
  ];
}
