/** The resource types of the national API; the open extracts tell of no Device and no HealthcareService. */
export const resourceTypes = [
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Device',
  'HealthcareService',
] as const;
export type ResourceType = (typeof resourceTypes)[number];

export function isResourceType(name: string): name is ResourceType {
  return (resourceTypes as readonly string[]).includes(name);
}

/** https://hl7.org/fhir/R4/resource.html#Meta; `versionId` is a string (the national API once sends a number). */
export interface Meta {
  extension?: Extension[];
  versionId: string;
  lastUpdated: string;
  source: string;
  profile: string[];
  tag?: Coding[];
}

/** A resource as it is sent: elements in the order of the national API. */
export interface Resource {
  resourceType: ResourceType;
  id: string;
  meta: Meta;
  language?: string;
  [element: string]: unknown;
}

export interface Coding {
  /** Absent where the extract does not tell the terminology. */
  system?: string;
  code: string;
  display?: string;
}

export interface CodeableConcept {
  extension?: Extension[];
  coding: Coding[];
}

export interface Extension {
  url: string;
  extension?: Extension[];
  valueString?: string;
  valueCode?: string;
  valueBoolean?: boolean;
  valueCoding?: Coding;
  valueCodeableConcept?: CodeableConcept;
  valuePeriod?: { start?: string; end?: string };
}

export interface Identifier {
  use: 'official';
  type: CodeableConcept;
  system: string;
  value: string;
}
