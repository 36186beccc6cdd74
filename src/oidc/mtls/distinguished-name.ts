/**
 * Whether a certificate's subject is the name that a client registered as `tls_client_auth_subject_dn` (RFC 8705
 * section 2.1.2): a string of RFC 4514, or in the order of the certificate, as OpenSSL prints it.
 *
 * @param subject one attribute a line, in the order of the certificate, as `X509Certificate.subject` gives it
 */
export function isNamed(subject: string, registered: string): boolean {
  const actual = subject.split('\n').map(parseAttribute);
  const expected = registered.split(unescapedComma).map(parseAttribute);
  if (expected.length !== actual.length) return false;
  return [actual, actual.toReversed()].some((order) =>
    order.every((attribute, at) => attribute === expected[at]),
  );
}

const unescapedComma = /(?<!\\),/;

/** `type=value` with the type in capitals and the escapes of RFC 4514 section 2.4 taken out. */
function parseAttribute(text: string): string {
  const [, type = '', value = ''] = /^\s*([^=\s]*)\s*=\s*(.*?)\s*$/.exec(text) ?? [];
  const read = value
    .replace(/(?:\\[\dA-Fa-f]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString())
    .replace(/\\(.)/g, '$1');
  return `${type.toUpperCase()}=${read}`;
}
