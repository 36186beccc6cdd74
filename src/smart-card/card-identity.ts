import * as asn1js from 'asn1js';
import type { Certificate } from 'pkijs';
import { z } from 'zod';
import { type NationalId, parseIdNatPs } from '#national-id';

/** Private extensions of CPx certificates (arc 1.2.250.1.71.1.2, own decoding of IGC-Santé test certificates). */
export const cardExtensionIds = {
  cardType: '1.2.250.1.71.1.2.2',
  cardNumber: '1.2.250.1.71.1.2.3',
  profession: '1.2.250.1.71.1.2.7',
} as const;

/** Whom the certificate names. Only ever read from a certificate whose issuer is trusted. */
export interface CardIdentity {
  nationalId: NationalId;
  givenName: string;
  familyName: string;
  /** Code of TRE_G15; null on cards of employees, or where the card tells none that is known. */
  profession: string | null;
}

const attributeTypes = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
} as const;

/** Without control characters, and without those that hide or turn what follows. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{C}+$/u);
const subject = z.object({
  commonName: z.string().transform((text, context) => {
    const nationalId = parseIdNatPs(text);
    if (!nationalId)
      context.addIssue({ code: 'custom', message: 'commonName: not a prefixed national identifier' });
    return nationalId ?? z.NEVER;
  }),
  givenName: name,
  surname: name,
});

/**
 * Reads `title=<profession>, GN + CN=<idNatPS> + SN`, each attribute once; `undefined` where the subject does not
 * name a person so: an organisation's certificate, or an anonymous card.
 */
export function parseCardIdentity(certificate: Certificate): CardIdentity | undefined {
  const parsed = subject.safeParse({
    commonName: findAttribute(certificate, 'commonName'),
    givenName: findAttribute(certificate, 'givenName'),
    surname: findAttribute(certificate, 'surname'),
  });
  if (!parsed.success) return undefined;
  const { commonName: nationalId, givenName, surname: familyName } = parsed.data;
  return { nationalId, givenName, familyName, profession: readProfession(certificate) };
}

/** `undefined` also where the attribute is there twice: which one to believe would be a guess. */
function findAttribute({ subject }: Certificate, wanted: keyof typeof attributeTypes): string | undefined {
  const [first, ...others] = subject.typesAndValues.filter(
    ({ type }) => String(type) === attributeTypes[wanted],
  );
  const value: unknown = first?.value.valueBlock.value;
  return others.length === 0 && typeof value === 'string' ? value : undefined;
}

const readProfession = (certificate: Certificate): string | null =>
  professionExtension(certificate) ?? professionOfTitle(findAttribute(certificate, 'title'));

function professionExtension({ extensions }: Certificate): string | undefined {
  const extension = extensions?.find(({ extnID }) => extnID === cardExtensionIds.profession);
  if (!extension) return undefined;
  const { result } = asn1js.fromBER(extension.extnValue.valueBlock.valueHexView);
  return result instanceof asn1js.Integer ? String(result.valueBlock.valueDec) : undefined;
}

/** Labels of TRE_G15-ProfessionSante, for cards without the extension. */
const professionByTitle = new Map([
  ['médecin', '10'],
  ['pharmacien', '21'],
  ['audioprothésiste', '26'],
  ['opticien-lunetier', '28'],
  ['chirurgien-dentiste', '40'],
  ['sage-femme', '50'],
  ['infirmier', '60'],
  ['masseur-kinésithérapeute', '70'],
  ['pédicure-podologue', '80'],
  ['orthophoniste', '91'],
  ['orthoptiste', '92'],
  ['ergothérapeute', '94'],
  ['diététicien', '95'],
  ['psychomotricien', '96'],
]);

const professionOfTitle = (title: string | undefined): string | null =>
  professionByTitle.get(title?.normalize('NFC').toLowerCase() ?? '') ?? null;
