import { createHash, createHmac, type KeyObject, randomBytes, type X509Certificate } from 'node:crypto';
import {
  bmp,
  type Der,
  decode,
  encode,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  tagged,
} from './der.ts';

// A key store of RFC 7292 as OpenSSL 3, NSS and Node read it: the key under PBES2 (AES-256, PBKDF2), the
// certificates in clear, the whole under an HMAC with SHA-256.

const ids = {
  data: '1.2.840.113549.1.7.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;

const macIterations = 2048;

export interface Pkcs12Content {
  key: KeyObject;
  certificate: X509Certificate;
  /** Issuing authorities, nearest first. */
  authorities: readonly X509Certificate[];
  /** What a certificate chooser shows. */
  friendlyName: string;
  password: string;
}

/** Writes a `.p12` file. */
export function writePkcs12(content: Pkcs12Content): Buffer {
  const keys = sequence(keyBag(content));
  const certificates = sequence(
    certificateBag(content.certificate, holderAttributes(content)),
    ...content.authorities.map((authority) => certificateBag(authority)),
  );
  const authenticatedSafe = encode(sequence(dataContent(encode(keys)), dataContent(encode(certificates))));
  return encode(
    sequence(integer(3), dataContent(authenticatedSafe), macData(authenticatedSafe, content.password)),
  );
}

const dataContent = (bytes: Uint8Array): Der => sequence(oid(ids.data), tagged(0, octets(bytes)));

/** The two attributes by which readers pair a key with its certificate. */
function holderAttributes({ certificate, friendlyName }: Pkcs12Content): Der {
  const localKeyId = createHash('sha1').update(certificate.raw).digest();
  return setOf(
    sequence(oid(ids.friendlyName), setOf(bmp(friendlyName))),
    sequence(oid(ids.localKeyId), setOf(octets(localKeyId))),
  );
}

function keyBag(content: Pkcs12Content): Der {
  const encrypted = content.key.export({
    type: 'pkcs8',
    format: 'der',
    cipher: 'aes-256-cbc',
    passphrase: content.password,
  });
  return sequence(oid(ids.shroudedKeyBag), tagged(0, decode(encrypted)), holderAttributes(content));
}

function certificateBag(certificate: X509Certificate, attributes?: Der): Der {
  const bag = sequence(oid(ids.x509Certificate), tagged(0, octets(certificate.raw)));
  return sequence(oid(ids.certificateBag), tagged(0, bag), ...(attributes ? [attributes] : []));
}

function macData(authenticatedSafe: Uint8Array, password: string): Der {
  const salt = randomBytes(16);
  const mac = createHmac('sha256', macKey(password, salt)).update(authenticatedSafe).digest();
  const digestInfo = sequence(sequence(oid(ids.sha256), nothing()), octets(mac));
  return sequence(digestInfo, octets(salt), integer(macIterations));
}

/** RFC 7292, appendix B.2 with ID 3: one block is enough, since a SHA-256 value is as long as the key. */
function macKey(password: string, salt: Uint8Array): Buffer {
  const blockBytes = 64;
  const passwordBytes = Buffer.from(`${password}\0`, 'utf16le').swap16();
  let digest: Buffer = Buffer.concat([
    Buffer.alloc(blockBytes, 3),
    filled(salt, blockBytes),
    filled(passwordBytes, blockBytes),
  ]);
  for (let round = 0; round < macIterations; round++) digest = createHash('sha256').update(digest).digest();
  return digest;
}

/** Repeats `bytes` up to a whole number of blocks. */
const filled = (bytes: Uint8Array, blockBytes: number): Buffer =>
  Buffer.alloc(Math.ceil(bytes.length / blockBytes) * blockBytes, bytes);
