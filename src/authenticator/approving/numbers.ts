import { randomInt } from 'node:crypto';

/** What the phone offers. */
const count = 3;

/**
 * Two digits each, all different; the other screen shows one, the phone three, in an order that tells nothing. A number
 * that the other screen drew itself may be below ten, and so may then the others: none of them stands out.
 */
export function drawNumbers(given?: number): { number: number; numbers: number[] } {
  const number = given ?? randomInt(10, 100);
  const drawn = new Set([number]);
  while (drawn.size < count) drawn.add(randomInt(given === undefined ? 10 : 0, 100));
  const others = [...drawn].slice(1);
  return { number, numbers: others.toSpliced(randomInt(count), 0, number) };
}
