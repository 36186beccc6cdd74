import type { Defence } from './defence.ts';

const chain = 'tests/attacks/card-chain.test.ts';
const certificates = 'tests/attacks/card-certificates.test.ts';
const replay = 'tests/attacks/card-replay.test.ts';
const connection = 'tests/attacks/card-connection.test.ts';
const subject = 'tests/attacks/card-subject.test.ts';
const weak = 'tests/attacks/card-weak-signatures.test.ts';
const revocation = 'tests/attacks/card-revocation.test.ts';

export const defences: Defence[] = [
  {
    name: 'a resumed TLS session shows no card',
    file: 'src/smart-card/verify-certificate.ts',
    from: '|| presented.sessionReused',
    to: '|| false',
    tests: [replay],
  },
  {
    name: 'TLS of the card listener gives no tickets',
    file: 'src/smart-card/card-listener.ts',
    from: 'secureOptions: constants.SSL_OP_NO_TICKET,',
    to: '',
    tests: [replay],
  },
  {
    name: 'each answer of the card listener ends the connection',
    file: 'src/smart-card/card-listener.ts',
    from: "connection: 'close',",
    to: '',
    tests: [connection],
  },
  {
    name: 'one handshake answers one attempt',
    file: 'src/smart-card/card-listener.ts',
    from: 'if (served.has(req.socket)) return;',
    to: '',
    tests: [connection],
  },
  {
    name: 'the card listener refuses hosts that are not its own',
    file: 'src/smart-card/card-listener.ts',
    from: '!isOwnHost(req.headers.host, dependencies.site)',
    to: 'false',
    tests: [replay],
  },
  {
    name: 'the card listener speaks TLS 1.2 at least',
    file: 'src/smart-card/card-listener.ts',
    from: "minVersion: 'TLSv1.2',",
    to: "minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0',",
    tests: [connection],
  },
  {
    name: 'a card comes from a trusted authority',
    file: 'src/smart-card/verify-certificate.ts',
    from: '(await findTrustedPath(certificate, context.trust, context.now))',
    to: '[certificate]',
    tests: [certificates],
  },
  {
    name: 'signatures over SHA-1 vouch for nobody',
    file: 'src/smart-card/strength.ts',
    from: 'return strongSignatures.has(algorithmId);',
    to: 'return true;',
    tests: [weak],
  },
  {
    name: 'nor does RSASSA-PSS over SHA-1',
    file: 'src/smart-card/strength.ts',
    from: 'strongHashes.has(hashAlgorithm.algorithmId)',
    to: 'true',
    tests: [weak],
  },
  {
    name: 'RSA keys have 2048 bits',
    file: 'src/smart-card/strength.ts',
    from: 'const leastModulusBits = 2048;',
    to: 'const leastModulusBits = 512;',
    tests: [weak],
  },
  {
    name: 'a critical extension that is not understood is not passed over',
    file: 'src/smart-card/certificate-extensions.ts',
    from: '!critical || understood.has(extnID)',
    to: 'true',
    tests: [chain],
  },
  {
    name: 'the length of a path is limited by its authorities',
    file: 'src/smart-card/trust.ts',
    from: 'position - 1 <= pathLengthOf(authority)',
    to: 'true',
    tests: [chain],
  },
  {
    name: "the root's own name constraints hold",
    file: 'src/smart-card/trust.ts',
    from: 'nameConstraintsOf(root) ?? {}',
    to: '{}',
    tests: [chain],
  },
  {
    name: 'a card is refused before its first second',
    file: 'src/smart-card/verify-certificate.ts',
    from: "if (now < notBefore.value.getTime()) return 'not_yet_valid';",
    to: '',
    tests: [certificates],
  },
  {
    name: 'a card is refused after its last second',
    file: 'src/smart-card/verify-certificate.ts',
    from: "now > notAfter.value.getTime() ? 'expired' : undefined",
    to: 'undefined',
    tests: [certificates],
  },
  {
    name: 'the path is judged at the present instant, not at one at which it was good',
    file: 'src/smart-card/trust.ts',
    from: 'Math.min(Math.max(now, card.notBefore.value.getTime()), card.notAfter.value.getTime())',
    to: 'card.notBefore.value.getTime()',
    tests: [chain],
  },
  {
    name: 'the key of a card is for signatures that authenticate',
    file: 'src/smart-card/verify-certificate.ts',
    from: "mayUseKeyFor(card, 'digitalSignature') &&",
    to: '',
    tests: [chain],
  },
  {
    name: 'a card is for client authentication',
    file: 'src/smart-card/verify-certificate.ts',
    from: 'isForClientAuthentication(card) &&',
    to: '',
    tests: [chain],
  },
  {
    name: 'an authority is no card',
    file: 'src/smart-card/verify-certificate.ts',
    from: '&& !isAuthority(card)',
    to: '',
    tests: [chain],
  },
  {
    name: 'a revoked card is refused',
    file: 'src/smart-card/verify-certificate.ts',
    from: "if (state === 'revoked') return 'revoked';",
    to: "if (state === 'revoked') return undefined;",
    tests: [revocation],
  },
  {
    name: 'without a current list of revoked cards nobody is let in',
    file: 'src/smart-card/verify-certificate.ts',
    from: "state === 'unknown' ? 'revocation_unknown' : undefined",
    to: 'undefined',
    tests: [revocation],
  },
  {
    name: 'a list of revoked cards is signed by the authority',
    file: 'src/smart-card/revocation.ts',
    from: 'return list.verify({ issuerCertificate: issuer }).catch(() => false);',
    to: 'return true;',
    tests: [revocation],
  },
  {
    name: 'an attribute that a subject holds twice is not read',
    file: 'src/smart-card/card-identity.ts',
    from: 'others.length === 0 &&',
    to: '',
    tests: [subject],
  },
  {
    name: 'a name holds no control character',
    file: 'src/smart-card/card-identity.ts',
    from: '.regex(/^\\P{C}+$/u)',
    to: '',
    tests: [subject],
  },
  {
    name: 'a number is read as it stands',
    file: 'src/smart-card/card-identity.ts',
    from: 'const nationalId = parseIdNatPs(text);',
    to: "const nationalId = parseIdNatPs(text.replace(/[^0-9]/g, '').slice(0, 12));",
    tests: [subject],
  },
  {
    name: 'an attempt is answered once',
    file: 'src/smart-card/card-attempt-store.ts',
    from: `        .set(answer)
        .where('id', '=', '')
        .where('presented_at', 'is', null)`,
    to: `        .set(answer)
        .where('id', '=', '')`,
    tests: [replay],
  },
  {
    name: 'a code of the reader is redeemed once',
    file: 'src/smart-card/card-attempt-store.ts',
    from: `        .where('sign_in_id', '=', '')
        .where('consumed_at', 'is', null)`,
    to: `        .where('sign_in_id', '=', '')`,
    tests: [replay],
  },
  {
    name: 'a code of the reader serves the sign-in that it was made for',
    file: 'src/smart-card/card-attempt-store.ts',
    from: ".where('sign_in_id', '=', '')\n        .where('consumed_at', 'is', null)",
    to: ".where('sign_in_id', '>=', '')\n        .where('consumed_at', 'is', null)",
    tests: [replay],
  },
  {
    name: 'a code of the reader is good for a minute',
    file: 'src/smart-card/card-attempt-store.ts',
    from: "where('code_expires_at', '>', 0)",
    to: "where('code_expires_at', '<>', 0)",
    tests: [replay],
  },
];
