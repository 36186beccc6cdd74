import { createECDH, ECDH } from 'node:crypto';

const curve = 'prime256v1';
/** The field's prime and the group's order (SEC 2 section 2.4.2). */
const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * `key · element`, compressed: the server's half of the OPRF (RFC 9497 section 3.3.1). OpenSSL multiplies, in constant
 * time and in a seventh of the time of JavaScript's big integers; its ECDH tells x alone. Of the two points with
 * that x it is the one to which `element` can be added to give `(key + 1) · element`: all three are the client's to
 * know, so how long the comparison takes tells nothing. Throws for what is no element.
 */
export function evaluateElement(key: Uint8Array, element: Uint8Array): Uint8Array {
  const x = multiply(key, element);
  const next = toNumber(multiply(toScalar((toNumber(key) + 1n) % order), element));
  const points = [0x02, 0x03].map((sign) => Buffer.concat([Buffer.of(sign), x]));
  const evaluated = points.find((point) => isSum(next, readPoint(point), readPoint(element)));
  if (!evaluated) throw new Error('The evaluation does not add up.');
  return evaluated;
}

function multiply(scalar: Uint8Array, element: Uint8Array): Buffer {
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(scalar);
  return ecdh.computeSecret(element);
}

interface Point {
  x: bigint;
  y: bigint;
}

/** Whether two different points add up to one with this x: the law of addition, without its division. */
function isSum(x: bigint, one: Point, other: Point): boolean {
  const [run, rise] = [one.x - other.x, one.y - other.y];
  return ((x + one.x + other.x) * run * run - rise * rise) % prime === 0n;
}

function readPoint(compressed: Uint8Array): Point {
  const bytes = ECDH.convertKey(compressed, curve, undefined, undefined, 'uncompressed') as Buffer;
  return { x: toNumber(bytes.subarray(1, 33)), y: toNumber(bytes.subarray(33)) };
}

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

const toScalar = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
