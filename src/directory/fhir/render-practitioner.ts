import type { CardRecord, Diploma, Practitioner, Qualification } from '../practitioner.ts';
import {
  codeSystems,
  diplomaSystems,
  expertiseSystems,
  extensionUrls,
  identifierSystems,
  professionFamilies,
  systemOf,
} from './code-systems.ts';
import {
  coding,
  concept,
  filled,
  identifier,
  present,
  renderMailbox,
  renderMeta,
} from './render-resource.ts';
import type { CodeableConcept, Extension, Resource } from './resource.ts';

/** Profile as-dp-practitioner. Of an inactive practitioner only identifiers and `active` are served. */
export function renderPractitioner(practitioner: Practitioner): Resource {
  const { id, active } = practitioner;
  const head = {
    resourceType: 'Practitioner' as const,
    id,
    meta: renderMeta('Practitioner', practitioner, 'RPPS'),
  };
  const identifiers = present('identifier', [
    ...identifier('IDNPS', identifierSystems.idNatPs, practitioner.idNatPs),
    ...identifier('RPPS', identifierSystems.rpps, rppsOf(practitioner)),
  ]);
  if (!active) return { ...head, ...identifiers, active };
  return {
    ...head,
    language: 'fr',
    ...present('extension', practitioner.cards.map(renderCard)),
    ...identifiers,
    active,
    ...present('name', [renderName(practitioner)]),
    ...present('telecom', practitioner.mailboxes.map(renderMailbox)),
    ...present('qualification', renderQualifications(practitioner)),
  };
}

function rppsOf({ nationalId }: Practitioner): string | null {
  return nationalId?.kind === 'rpps' ? nationalId.value : null;
}

function renderName({ familyName, givenName, civility, exerciseCivility }: Practitioner) {
  return {
    use: 'usual',
    ...(familyName ? { family: familyName } : {}),
    ...present('given', filled(givenName)),
    ...present('prefix', filled(civility)),
    ...present('suffix', filled(exerciseCivility)),
  };
}

/** Diplomas, then each profession followed by its savoir-faire. */
function renderQualifications({ diplomas, qualifications }: Practitioner): { code: CodeableConcept }[] {
  const concepts = [...diplomas.flatMap(renderDiploma), ...qualifications.flatMap(renderQualification)];
  return concepts.map((code) => ({ code }));
}

function renderDiploma({ code, label, typeCode, typeLabel }: Diploma): CodeableConcept[] {
  if (!code && !typeCode) return [];
  const degree = code ? [coding(diplomaSystems[typeCode ?? ''], code, label)] : [];
  const type = typeCode ? [coding(codeSystems.diplomaType, typeCode, typeLabel)] : [];
  return [concept(...degree, ...type)];
}

function renderQualification(qualification: Qualification): CodeableConcept[] {
  const { profession, professionLabel, category, categoryLabel, expertise } = qualification;
  const system = systemOf(professionFamilies, profession);
  const exercise = [coding(system, profession, professionLabel)];
  if (category) exercise.push(coding(codeSystems.professionCategory, category, categoryLabel));
  const savoirFaire = expertise.map(({ typeCode, typeLabel, code, label }) =>
    concept(
      coding(codeSystems.expertiseType, typeCode, typeLabel),
      coding(expertiseSystems[typeCode], code, label),
    ),
  );
  return [concept(...exercise), ...savoirFaire];
}

/** The date on which a card was opposed is restricted: it is not served. */
function renderCard({ type, typeLabel, number, startsOn, endsOn }: CardRecord): Extension {
  const period = { ...(startsOn ? { start: startsOn } : {}), ...(endsOn ? { end: endsOn } : {}) };
  const extension: Extension[] = [{ url: 'number', valueString: number }];
  if (type) {
    const valueCodeableConcept = concept(coding(codeSystems.cardType, type, typeLabel));
    extension.unshift({ url: 'type', valueCodeableConcept });
  }
  if (startsOn || endsOn) extension.push({ url: 'period', valuePeriod: period });
  return { url: extensionUrls.smartCard, extension };
}
