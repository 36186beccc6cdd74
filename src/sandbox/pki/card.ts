import { randomInt, type X509Certificate } from 'node:crypto';
import { formatIdNatPs, isEmployee, type NationalId } from '#national-id';
import { cardExtensionIds } from '#smart-card';
import { type Credential, type Issuer, issueCertificate } from './certificate.ts';
import { type Der, integer, printable } from './der.ts';
import {
  endEntityConstraints,
  extendedKeyUsage,
  keyUsage,
  privateExtension,
  subjectAlternativeNames,
  userPrincipalName,
} from './extensions.ts';
import { type Attribute, distinguishedName } from './names.ts';
import { writePkcs12 } from './pkcs12.ts';

export type CardUsage = 'authentication' | 'signature';

export interface CardRequest {
  nationalId: NationalId;
  givenName: string;
  familyName: string;
  /** Code of TRE_G15 and its label; null for employees without a profession. */
  profession: { code: string; label: string } | null;
  /** Instants, milliseconds; both may lie in the past or in the future. */
  notBefore: number;
  notAfter: number;
  usage: CardUsage;
  /** Also the password of the `.p12`. */
  pin: string;
}

/** A card in software: what a chip would hold. */
export interface Card {
  certificate: X509Certificate;
  certificatePem: string;
  /** The certificate and its issuing authorities, nearest first, root included. */
  chainPem: string;
  privateKeyPem: string;
  p12: Buffer;
}

/** Issues one of the two certificates of a CPx card, in the form of IGC-Santé. */
export function issueCard(request: CardRequest, issuer: Issuer, root: X509Certificate): Card {
  const { notBefore, notAfter } = request;
  const extensions = [
    ...(request.usage === 'signature' ? signatureForm() : authenticationForm(request)),
    ...cardFacts(request),
  ];
  const credential = issueCertificate(
    { subject: holderName(request), notBefore, notAfter, extensions },
    issuer,
  );
  return packCard(credential, [issuer.certificate, root], request);
}

function packCard(credential: Credential, authorities: X509Certificate[], request: CardRequest): Card {
  const { certificate, certificatePem, privateKeyPem, key } = credential;
  const friendlyName = `${request.givenName} ${request.familyName} (${formatIdNatPs(request.nationalId)})`;
  return {
    certificate,
    certificatePem,
    chainPem: [certificate, ...authorities].map((each) => each.toString()).join(''),
    privateKeyPem,
    p12: writePkcs12({ key, certificate, authorities, friendlyName, password: request.pin }),
  };
}

/** `C=FR, title=<profession>, GN=<given name> + CN=<idNatPS> + SN=<family name>`. */
export function holderName({ nationalId, givenName, familyName, profession }: CardRequest): Der {
  const title: Attribute[][] = profession ? [[['title', profession.label]]] : [];
  const person: Attribute[] = [
    ['commonName', formatIdNatPs(nationalId)],
    ['givenName', givenName],
    ['surname', familyName],
  ];
  return distinguishedName([['country', 'FR']], ...title, person);
}

function authenticationForm({ nationalId }: CardRequest): Der[] {
  const idNatPs = formatIdNatPs(nationalId);
  const principal = `${idNatPs.slice(0, 1)}.${nationalId.value}@carte-cps.fr`;
  return [
    endEntityConstraints(),
    keyUsage('digitalSignature'),
    extendedKeyUsage('clientAuth', 'smartCardLogon'),
    subjectAlternativeNames(userPrincipalName(principal)),
  ];
}

const signatureForm = (): Der[] => [
  endEntityConstraints(),
  keyUsage('nonRepudiation'),
  extendedKeyUsage('emailProtection'),
];

const professionalCard = 0;

function cardFacts({ nationalId, profession }: CardRequest): Der[] {
  const number = `8025000001/28${String(randomInt(1e8)).padStart(8, '0')}`;
  const facts = [privateExtension(cardExtensionIds.cardNumber, printable(number))];
  if (!isEmployee(nationalId))
    facts.push(privateExtension(cardExtensionIds.cardType, integer(professionalCard)));
  // Codes of TRE_G15 are numbers; the few professions of other lists stand in the title alone.
  if (profession && /^\d+$/.test(profession.code)) {
    facts.push(privateExtension(cardExtensionIds.profession, integer(Number(profession.code))));
  }
  return facts;
}
