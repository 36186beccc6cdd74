// Owns the professional's space: the way in, "Mes lieux d'exercice", and why there is none. It talks HTTP only: it
// signs people in through #relying-party and reads places from the directory over FHIR, so that it works against the
// real Pro Santé Connect and the real Annuaire Santé too. It diagnoses nothing that the issuer can tell.
export { createFhirClient, type FhirClient, type FhirClientOptions } from './fhir-client.ts';
export { createPortal, type Portal, type PortalDependencies, portalPaths } from './portal.ts';
