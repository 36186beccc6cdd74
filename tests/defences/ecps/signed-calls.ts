import type { Defence } from '../defence.ts';

const approval = 'tests/attacks/ecps-approval.test.ts';
const proof = 'tests/attacks/ecps-proof.test.ts';
const replay = 'tests/attacks/ecps-replay.test.ts';

/** Signed calls of the app. */
export const calls: Defence[] = [
  {
    name: 'a proof is signed by the key that it names',
    file: 'src/authenticator/proof.ts',
    from: "!verifyJws(jws, 'ecps-proof+jwt', publicKey)",
    to: 'false',
    tests: [proof],
  },
  {
    name: 'a proof is good for one method',
    file: 'src/authenticator/proof.ts',
    from: 'data?.htm === request.method && ',
    to: '',
    tests: [proof],
  },
  {
    name: 'a proof is good for one address with its query',
    file: 'src/authenticator/proof.ts',
    from: 'data.htu === request.url && ',
    to: '',
    tests: [proof],
  },
  {
    name: 'a proof covers the body',
    file: 'src/authenticator/proof.ts',
    from: ' && sameText(data.bth, digest(request.text))',
    to: '',
    tests: [proof],
  },
  {
    name: 'a proof has a fresh nonce of this phone',
    file: 'src/authenticator/proof.ts',
    from: '!nonces.isFresh(payload.nonce, jws.kid)',
    to: 'false',
    tests: [proof],
  },
  {
    name: 'a nonce is good for a minute',
    file: 'src/authenticator/nonces.ts',
    from: ' && age < nonceLifetimeMs',
    to: '',
    tests: [proof],
  },
  {
    name: 'a nonce is good for one phone',
    file: 'src/authenticator/nonces.ts',
    from: "macs.matches(mac, 'nonce', thumbprint, time)",
    to: "mac !== ''",
    tests: [proof],
  },
  {
    name: 'a call is made once',
    file: 'src/authenticator/proof.ts',
    from: '!(await devices.recordProof(unit, id, clock.now() + proofRetentionMs))',
    to: 'await devices.recordProof(unit, id + Math.random(), clock.now()) === undefined',
    tests: [replay],
  },
  {
    name: 'a key that is brought along is the one that signs',
    file: 'src/authenticator/proof.ts',
    from: 'thumbprintOf(brought) !== jws.kid || ',
    to: '',
    tests: [proof],
  },
  {
    name: 'a key is a point of the curve',
    file: 'src/authenticator/proof.ts',
    from: ' || !isPublicKey(brought)',
    to: '',
    tests: [proof],
  },
  {
    name: 'an enrolment is its own phone’s',
    file: 'src/authenticator/enrolling/advance-enrolment.ts',
    from: 'enrolment?.state.device !== thumbprint',
    to: '!enrolment',
    tests: [proof],
  },
  {
    name: 'an e-CPS is its own phone’s',
    file: 'src/authenticator/credentials/end-credential.ts',
    from: 'credential?.deviceThumbprint === thumbprint && isLive',
    to: 'credential && isLive',
    tests: [approval],
  },
];
