// Owns what the test plans of the OpenID Foundation need of a sandbox: a test person with every standard claim, who signs
// in by one button without scripts and refuses by another, and for whom a program answers what was asked by CIBA.
export { type CibaDecisions, createCibaDecisions } from './ciba-decisions.ts';
export { conformancePath, createConformancePages, isConformancePath } from './conformance-pages.ts';
export { standardClaims } from './test-person.ts';
