import type { PractitionerRole } from '../practitioner-role.ts';
import { codeSystems, pharmacistSectionFamilies, roleFamilies, systemOf } from './code-systems.ts';
import { coding, concept, present, renderMailbox, renderMeta } from './render-resource.ts';
import type { CodeableConcept, Resource } from './resource.ts';

/**
 * Profile as-dp-practitionerrole; the profession is on the Practitioner. Its business identifier is not in the open
 * extracts. Of an ended role only the references and `active` are served.
 */
export function renderPractitionerRole(role: PractitionerRole): Resource {
  const { id, active, practitionerId, organizationId } = role;
  const head = {
    resourceType: 'PractitionerRole' as const,
    id,
    meta: renderMeta('PractitionerRole', role, 'RPPS'),
  };
  const references = {
    practitioner: { reference: `Practitioner/${practitionerId}` },
    ...(organizationId ? { organization: { reference: `Organization/${organizationId}` } } : {}),
  };
  if (!active) return { ...head, active, ...references };
  return {
    ...head,
    language: 'fr',
    active,
    ...references,
    ...present('code', renderCodes(role)),
    ...present('telecom', role.mailboxes.map(renderMailbox)),
  };
}

/** One concept an idea: kind of activity, mode, function, section of the pharmacists' register. */
function renderCodes(role: PractitionerRole): CodeableConcept[] {
  const { activityKind, mode, role: fn, pharmacistSection: section } = role;
  return [
    ...one(codeSystems.activityKind, activityKind, role.activityKindLabel),
    ...one(codeSystems.exerciseMode, mode, role.modeLabel),
    ...one(systemOf(roleFamilies, fn ?? ''), fn, role.roleLabel),
    ...one(systemOf(pharmacistSectionFamilies, section ?? ''), section, role.pharmacistSectionLabel),
  ];
}

function one(system: string, code: string | null, label: string | null): CodeableConcept[] {
  return code ? [concept(coding(system, code, label))] : [];
}
