import { join } from 'node:path';
import { createDirectoryOnce, isMissing, readText, replaceFile } from './authority-files.ts';
import { type Credential, issueCertificate, readCredential } from './certificate.ts';
import {
  authorityConstraints,
  dnsName,
  endEntityConstraints,
  extendedKeyUsage,
  ipAddress,
  keyUsage,
  mailName,
  type Purpose,
  permittedNames,
  subjectAlternativeNames,
} from './extensions.ts';
import { distinguishedName } from './names.ts';
import { revocationLists } from './revocation-list.ts';

/** The sandbox's hierarchy, shaped like IGC-Santé: a root, one authority each for servers, persons, organisations. */
export interface Authorities {
  root: Credential;
  servers: Credential;
  persons: Credential;
  organizations: Credential;
}

type FirstAuthorities = Omit<Authorities, 'organizations'>;
const firstNames = ['root', 'servers', 'persons'] as const;

// Wide enough that neither an old test card nor an advanced clock meets the end of an authority.
const authorityLifetime = { notBefore: Date.UTC(1990, 0, 1), notAfter: Date.UTC(2099, 11, 31) };

const loopback4 = [127, 0, 0, 1];
const loopback6 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

const authorityName = (commonName: string) =>
  distinguishedName(
    [['country', 'FR']],
    [['organization', 'HYGIE']],
    [['organizationalUnit', 'HYGIE TEST']],
    [['commonName', commonName]],
  );

function createAuthorities(): FirstAuthorities {
  const root = createRoot();
  return {
    root,
    servers: createIntermediate('TEST AC HYGIE SERVEURS', root, ['serverAuth']),
    persons: createIntermediate('TEST AC HYGIE PERSONNES', root, [
      'clientAuth',
      'smartCardLogon',
      'emailProtection',
    ]),
  };
}

/** Whoever imports this root trusts it for this machine only. */
function createRoot(): Credential {
  const everyBit = (bytes: number[]) => bytes.map(() => 255);
  const names = [
    dnsName('localhost'),
    mailName('localhost'),
    ipAddress(...loopback4, ...everyBit(loopback4)),
    ipAddress(...loopback6, ...everyBit(loopback6)),
  ];
  return issueCertificate({
    subject: authorityName('TEST AC RACINE HYGIE'),
    ...authorityLifetime,
    extensions: [authorityConstraints(1), keyUsage('keyCertSign', 'cRLSign'), permittedNames(...names)],
  });
}

const createIntermediate = (commonName: string, root: Credential, purposes: Purpose[]): Credential =>
  issueCertificate(
    {
      subject: authorityName(commonName),
      ...authorityLifetime,
      extensions: [
        authorityConstraints(0),
        keyUsage('keyCertSign', 'cRLSign'),
        extendedKeyUsage(...purposes),
      ],
    },
    root,
  );

/** Loads the authorities of `directory`, or makes them there with lists that revoke nobody. */
export async function openAuthorities(directory: string, now: number): Promise<Authorities> {
  const first = await openFirst(directory, now);
  return { ...first, organizations: await openOrganizations(join(directory, 'organizations'), first.root) };
}

async function openFirst(directory: string, now: number): Promise<FirstAuthorities> {
  try {
    return await loadFirst(directory);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const made = createAuthorities();
  const files = firstNames.flatMap((name) => Object.entries(filesOf(name, made[name])));
  await createDirectoryOnce(directory, { ...Object.fromEntries(files), ...revocationLists(made, [], now) });
  return loadFirst(directory);
}

/** Made beside authorities that were there before it, too. */
async function openOrganizations(directory: string, root: Credential): Promise<Credential> {
  try {
    return await load(directory, 'organizations');
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const made = createIntermediate('TEST AC HYGIE ORGANISATIONS', root, ['clientAuth', 'serverAuth']);
  await createDirectoryOnce(directory, filesOf('organizations', made));
  return load(directory, 'organizations');
}

async function loadFirst(directory: string): Promise<FirstAuthorities> {
  const [root, servers, persons] = await Promise.all(firstNames.map((name) => load(directory, name)));
  if (!root || !servers || !persons) throw new Error('an authority is missing');
  return { root, servers, persons };
}

const load = async (directory: string, name: string): Promise<Credential> =>
  readCredential(await readText(directory, `${name}.pem`), await readText(directory, `${name}.key`));

const filesOf = (name: string, { certificatePem, privateKeyPem }: Credential): Record<string, string> => ({
  [`${name}.pem`]: certificatePem,
  [`${name}.key`]: privateKeyPem,
});

const dayMs = 24 * 60 * 60 * 1000;
// Apple refuses server certificates of more than 825 days, whoever issued them.
const serverLifetimeMs = 397 * dayMs;
const serverRenewalMs = 30 * dayMs;

/**
 * The certificate of the card listener, renewed a month before its end. Browsers judge it by the real time,
 * so `realNow` is not the sandbox's clock.
 */
export async function openServerCertificate(
  directory: string,
  authorities: Authorities,
  realNow: number,
): Promise<{ cert: string; key: string }> {
  const current = await findServerCertificate(directory);
  if (current && current.certificate.validToDate.getTime() - realNow > serverRenewalMs) {
    return withChain(current, authorities);
  }
  const server = issueServerCertificate(authorities, realNow);
  await replaceFile(join(directory, 'server.pem'), server.certificatePem + server.privateKeyPem);
  return withChain(server, authorities);
}

async function findServerCertificate(directory: string): Promise<Credential | undefined> {
  try {
    const pem = await readText(directory, 'server.pem');
    return readCredential(pem, pem);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const withChain = (server: Credential, { servers }: Authorities) => ({
  cert: server.certificatePem + servers.certificatePem,
  key: server.privateKeyPem,
});

function issueServerCertificate({ servers }: Authorities, realNow: number): Credential {
  const names = [
    ...['localhost', 'card.localhost', 'carte.localhost', '*.carte.localhost'].map(dnsName),
    ipAddress(...loopback4),
    ipAddress(...loopback6),
  ];
  return issueCertificate(
    {
      subject: authorityName('localhost'),
      notBefore: realNow - dayMs,
      notAfter: realNow + serverLifetimeMs,
      extensions: [
        endEntityConstraints(),
        keyUsage('digitalSignature'),
        extendedKeyUsage('serverAuth'),
        subjectAlternativeNames(...names),
      ],
    },
    servers,
  );
}
