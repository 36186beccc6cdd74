import { deflateRawSync, inflateRawSync } from 'node:zlib';

const nos = (name: string) =>
  `https://mos.esante.gouv.fr/NOS/${name}/FHIR/${name.replace('TRE_', 'TRE-')}","code":"`;

/**
 * What bodies have in common, the most frequent last, so that each is packed to what is its own. Bodies are unpacked
 * by the same text: it must never change.
 */
const dictionary = Buffer.from(
  [
    '"telecom":[{"extension":[{"url":"https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type"',
    '{"url":"https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata"',
    '"address":[{"extension":[{"url":"https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code"',
    `"valueCoding":{"system":"${nos('TRE_R13-Commune')}`,
    '{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-streetNameType","valueString":"',
    '"resourceType":"Organization","type":[{"extension":[{"url":"',
    'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-organization-types","valueCode":"',
    `"coding":[{"system":"${nos('TRE_R02-SecteurActivite')}`,
    '{"resourceType":"PractitionerRole","id":"005-"practitioner":{"reference":"Practitioner/003-',
    '"},"organization":{"reference":"Organization/001-"},"code":[{"coding":[{"system":"',
    `${nos('TRE_R22-GenreActivite')}GENR01","display":"`,
    `"}]},{"coding":[{"system":"${nos('TRE_R23-ModeExercice')}`,
    `"}]},{"coding":[{"system":"${nos('TRE_R21-Fonction')}FON-`,
    '"identifier":[{"use":"official","type":{"coding":[{"system":"',
    'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203","code":"IDNPS"}]},"system":"',
    'urn:oid:1.2.250.1.71.4.2.1","value":"8"},{"use":"official","type":{"coding":[{"system":"',
    'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203","code":"RPPS"}]},"system":"',
    'https://rpps.esante.gouv.fr","value":""}],"active":true,"name":[{"use":"usual","family":"',
    '","given":[""],"prefix":["MME"]}],"qualification":[{"code":{"coding":[{"system":"',
    `${nos('TRE_G15-ProfessionSante')}"},{"system":"${nos('TRE_R09-CategorieProfessionnelle')}C","display":"Civil"}]}}]}`,
    '{"resourceType":"Practitioner","id":"003-","meta":{"extension":[{"url":"',
    'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-data-trace","extension":[{"url":"',
    `autorite-enregistrement","valueCodeableConcept":{"coding":[{"system":"${nos('TRE_R60-AutoriteEnregistrement')}`,
    '"}]}},{"url":"systeme-information","valueCode":"RPPS"}]}],"versionId":"1","lastUpdated":"2026-',
    '.000+00:00","source":"https://annuaire.sante.fr","profile":["',
    'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-practitioner","',
    'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-dp-practitioner"]},"language":"fr",',
  ].join(''),
);

/** A resource as it was served, in a fraction of its length. */
export function packBody(resource: object): Uint8Array {
  return deflateRawSync(JSON.stringify(resource), { dictionary, level: 1, windowBits: 13, memLevel: 2 });
}

export function unpackBody(packed: Uint8Array): unknown {
  return JSON.parse(inflateRawSync(packed, { dictionary }).toString());
}
