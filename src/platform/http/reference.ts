import { randomLabel } from '../ids.ts';

const references = new WeakMap<object, string>();
const shape = /^[A-Z2-7]{3}-[A-Z2-7]{3}$/;

/** A short word to read to support, such as `7K2-41F`; the log has it too. */
export function newReference(): string {
  const label = randomLabel(4).toUpperCase();
  return `${label.slice(0, 3)}-${label.slice(3, 6)}`;
}

/** The one reference of a request, whoever tells of its failure: page and log have the same. */
export function referenceOf(req: object): string {
  const reference = references.get(req) ?? newReference();
  references.set(req, reference);
  return reference;
}

/** `undefined` for what is no reference. */
export function parseReference(text: string | undefined): string | undefined {
  return text !== undefined && shape.test(text) ? text : undefined;
}
