import { join } from 'node:path';
import { isMissing, readText, replaceFile } from './authority-files.ts';
import { type Credential, type Issuer, issueCertificate, readCredential } from './certificate.ts';
import { endEntityConstraints, extendedKeyUsage, keyUsage } from './extensions.ts';
import { distinguishedName } from './names.ts';

export interface OrganizationRequest {
  /** `O`, as the directory names it. */
  name: string;
  /** `OU`: the type's digit and the structure's identifier, such as `3` and a SIRET number. */
  structureId: string;
  /** `CN`: chosen by the organisation; its client id. */
  commonName: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const lifetimeMs = 3 * 365 * dayMs;

/** An organisation's authentication certificate in the form of IGC-Santé (pro-sante-connect.md 5.3). */
function issueOrganization(request: OrganizationRequest, issuer: Issuer, now: number): Credential {
  const { name, structureId, commonName } = request;
  return issueCertificate(
    {
      subject: distinguishedName(
        [['country', 'FR']],
        [['state', 'Paris (75)']],
        [['organization', name]],
        [['organizationalUnit', structureId]],
        [['commonName', commonName]],
      ),
      notBefore: now - dayMs,
      notAfter: now + lifetimeMs,
      extensions: [endEntityConstraints(), keyUsage('digitalSignature'), extendedKeyUsage('clientAuth')],
    },
    issuer,
  );
}

/** The one kept in `directory` under its common name; issued on first use, and again when it has run out. */
export async function openOrganization(
  directory: string,
  request: OrganizationRequest,
  issuer: Issuer,
  now: number,
): Promise<Credential> {
  const file = `client-${request.commonName}.pem`;
  const kept = await findKept(directory, file);
  if (kept && kept.certificate.validToDate.getTime() > now + dayMs) return kept;
  const made = issueOrganization(request, issuer, now);
  await replaceFile(join(directory, file), made.certificatePem + made.privateKeyPem);
  return made;
}

async function findKept(directory: string, file: string): Promise<Credential | undefined> {
  try {
    const pem = await readText(directory, file);
    return readCredential(pem, pem);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
