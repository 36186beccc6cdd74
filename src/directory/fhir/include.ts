import type { DirectoryReader } from '../directory-store.ts';
import type { Found, Selection } from './fhir-resource.ts';
import { isResourceType } from './resource.ts';
import { fhirResources, type Include } from './resources.ts';

/** How many included resources are read at a time. */
const batch = 1000;

/** What the matches of a page refer to, and what refers to them: each once, and never a match itself. */
export async function findIncluded(
  reader: DirectoryReader,
  { include, revInclude }: { include: readonly Include[]; revInclude: readonly Include[] },
  matches: readonly Found[],
): Promise<Found[]> {
  if (matches.length === 0) return [];
  const seen = new Set(matches.map(addressOf));
  const included: Found[] = [];
  for (const selection of [...include.map(forwards(matches)), ...revInclude.map(backwards(matches))]) {
    for (const found of await readAll(reader, selection)) {
      if (seen.has(addressOf(found))) continue;
      seen.add(addressOf(found));
      included.push(found);
    }
  }
  return included;
}

const forwards =
  (matches: readonly Found[]) =>
  ({ parameter, target }: Include): Selection => {
    const ids = matches.map(({ references }) => references[parameter]).filter((id) => typeof id === 'string');
    return fhirResources[target].selectLinked('_id', [...new Set(ids)]);
  };

const backwards =
  (matches: readonly Found[]) =>
  ({ source, parameter }: Include): Selection | undefined => {
    const ids = matches.map(({ resource }) => resource.id);
    return isResourceType(source) ? fhirResources[source].selectLinked(parameter, ids) : undefined;
  };

async function readAll(reader: DirectoryReader, selection: Selection | undefined): Promise<Found[]> {
  const all: Found[] = [];
  let read = selection ? await selection.page(reader, { limit: batch }) : [];
  while (selection && read.length > 0) {
    all.push(...read);
    const afterId = read.at(-1)?.resource.id;
    read = read.length < batch || !afterId ? [] : await selection.page(reader, { afterId, limit: batch });
  }
  return all;
}

const addressOf = ({ resource }: Found): string => `${resource.resourceType}/${resource.id}`;
