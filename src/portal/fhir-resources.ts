import { z } from 'zod';

const coding = z.object({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
});
const concept = z.object({ coding: z.array(coding).default([]), text: z.string().optional() });
const reference = z.object({ reference: z.string().optional() });
const contactPoint = z.object({
  system: z.string().optional(),
  value: z.string().optional(),
  rank: z.number().optional(),
});
const address = z.object({
  line: z.array(z.string()).default([]),
  postalCode: z.string().optional(),
  city: z.string().optional(),
});

/** Profile as-dp-practitioner of the annuaire, as far as a place of practice needs it. */
const practitioner = z.object({
  resourceType: z.literal('Practitioner'),
  id: z.string(),
  active: z.boolean().default(true),
  qualification: z.array(z.object({ code: concept })).default([]),
});

/** Profile as-dp-practitionerrole. */
const practitionerRole = z.object({
  resourceType: z.literal('PractitionerRole'),
  id: z.string(),
  active: z.boolean().default(true),
  organization: reference.optional(),
  code: z.array(concept).default([]),
});

/** Profile as-dp-organization. */
const organization = z.object({
  resourceType: z.literal('Organization'),
  id: z.string(),
  active: z.boolean().default(true),
  name: z.string().optional(),
  alias: z.array(z.string()).default([]),
  telecom: z.array(contactPoint).default([]),
  address: z.array(address).default([]),
});

export type Practitioner = z.infer<typeof practitioner>;
export type PractitionerRole = z.infer<typeof practitionerRole>;
export type Organization = z.infer<typeof organization>;
export type CodeableConcept = z.infer<typeof concept>;
export type Resource = Practitioner | PractitionerRole | Organization;

const resource = z.discriminatedUnion('resourceType', [practitioner, practitionerRole, organization]);
const known = new Set(['Practitioner', 'PractitionerRole', 'Organization']);

const bundle = z.object({
  resourceType: z.literal('Bundle'),
  entry: z.array(z.object({ resource: z.looseObject({ resourceType: z.string() }) })).default([]),
  link: z.array(z.object({ relation: z.string(), url: z.string() })).default([]),
});

/** One page of a search: https://hl7.org/fhir/R4/bundle.html#searchset */
export interface SearchPage {
  resources: Resource[];
  /** Address of the next page. */
  next: string | undefined;
}

/** Reads a bundle; types of resource that nobody here asked for are left out. */
export function parseSearchPage(json: unknown): SearchPage {
  const { entry, link } = bundle.parse(json);
  const wanted = entry.filter((item) => known.has(item.resource.resourceType));
  return {
    resources: wanted.map((item) => resource.parse(item.resource)),
    next: link.find(({ relation }) => relation === 'next')?.url,
  };
}
