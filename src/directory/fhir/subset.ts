import { codeSystems } from './code-systems.ts';
import type { Resource } from './resource.ts';

/** Sent whatever `_elements` asks for, as the national API does. */
const alwaysSent = ['resourceType', 'id', 'meta', 'identifier', 'active'];

const subsetted = {
  system: codeSystems.observationValue,
  code: 'SUBSETTED',
  display: 'Resource encoded in summary mode',
};

/** https://hl7.org/fhir/R4/search.html#elements: the asked elements, marked so that nobody stores the rest as gone. */
export function keepElements(resource: Resource, elements: readonly string[]): Resource {
  const kept = new Set([...alwaysSent, ...elements, ...elements.map((element) => `_${element}`)]);
  const entries = Object.entries(resource).filter(([element]) => kept.has(element));
  const subset = Object.fromEntries(entries) as Resource;
  return { ...subset, meta: { ...resource.meta, tag: [subsetted] } };
}
