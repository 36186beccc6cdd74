import { randomInt } from 'node:crypto';

/** Two digits each, all different; the page shows one, the phone three, in an order that tells nothing. */
export function drawNumbers(count = 3): { number: number; numbers: number[] } {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(randomInt(10, 100));
  const numbers = [...drawn];
  return { numbers, number: numbers[randomInt(count)] ?? 0 };
}
