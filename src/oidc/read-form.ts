import type { IncomingMessage } from 'node:http';

const maxBytes = 56 * 1024;

/** The body of a posted form, `application/x-www-form-urlencoded`; `undefined` where it is too large. */
export async function readForm(req: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Read to its end, what is too much too: a request that is destroyed takes its answer along.
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? undefined : Buffer.concat(chunks).toString();
}
