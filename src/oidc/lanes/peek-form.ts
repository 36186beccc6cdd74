import type { IncomingMessage } from 'node:http';

/** Longer forms, and those that come in pieces, are the library's. */
const longest = 8_192;

const formType = /^application\/x-www-form-urlencoded(; ?charset=utf-8)?$/i;

/** The fields of a posted form, each named once; whoever answers nothing calls `putBack`, and the body is unread again. */
export interface PeekedForm {
  fields: ReadonlyMap<string, string>;
  putBack(): void;
}

/** `undefined`, with the body unread, for what is no small and unambiguous form of these fields. */
export async function peekForm(
  req: IncomingMessage,
  names: ReadonlySet<string>,
): Promise<PeekedForm | undefined> {
  const length = Number(req.headers['content-length']);
  if (!formType.test(req.headers['content-type'] ?? '') || !(length > 0 && length <= longest))
    return undefined;
  const body = await readAtOnce(req, length);
  if (!body) return undefined;
  const fields = parseFields(body.toString(), names);
  if (fields) return { fields, putBack: () => req.unshift(body) };
  req.unshift(body);
  return undefined;
}

async function readAtOnce(req: IncomingMessage, length: number): Promise<Buffer | undefined> {
  if (req.readableLength < length) await new Promise<void>((resolve) => req.once('readable', resolve));
  return (req.read(length) as Buffer | null) ?? undefined;
}

function parseFields(body: string, names: ReadonlySet<string>): ReadonlyMap<string, string> | undefined {
  const pairs = [...new URLSearchParams(body)];
  const fields = new Map(pairs);
  return fields.size === pairs.length && pairs.every(([name]) => names.has(name)) ? fields : undefined;
}
