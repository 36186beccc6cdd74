import type { ContactRecord } from '../contacts/contact-store.ts';
import { parseEmail, parseMobile } from '../contacts/parse-contacts.ts';
import { hashText } from '../extract/hash.ts';
import { createLineReader } from '../extract/line-reader.ts';
import { readIdNatPs } from '../extract/row-rules.ts';
import { nothing, type Scan, type ScanKeys } from '../extract/scan.ts';
import type { Link } from '../links/link-store.ts';
import { createFieldReader } from './field-reader.ts';
import { inBatches } from './numbers.ts';

/** What a restricted extract tells of a person beside the directory: the last of their rows counts. */
export interface ToldPerson {
  contacts: ContactRecord;
  /** How many of mail and telephone are there and cannot be used: no address, no mobile. */
  unusable: number;
  links: Link[];
}

/** Reads those people again who differ, or any one of them. */
export function createRestrictedReader(scan: Scan, { owners }: Pick<ScanKeys, 'owners'>) {
  const { header } = scan.extract;
  const read = createFieldReader<'contactEmail' | 'contactPhone' | 'otherIds'>(header.positions);
  const readLine = createLineReader(scan);

  function readPerson(owner: number): ToldPerson {
    let last = scan.firstLine[owner] as number;
    while (scan.next[last] !== nothing) last = scan.next[last] as number;
    const fields = readLine(last);
    const idNatPs = readIdNatPs(header, fields);
    const email = usable(read(fields, 'contactEmail'), parseEmail);
    const phone = usable(read(fields, 'contactPhone'), parseMobile);
    const unusable = [email, phone].filter((value) => value === undefined).length;
    const contacts = { idNatPs, email: email ?? null, phone: phone ?? null };
    return { contacts, unusable, links: parseLinks(idNatPs, read(fields, 'otherIds')) };
  }

  return {
    *people(touched: Uint32Array): Generator<ToldPerson[]> {
      for (const batch of inBatches(touched)) yield batch.map(readPerson);
    },
    /** The links of somebody by their RPPS number; none where the file does not tell of them. */
    linksOf(rpps: string): Link[] {
      const { high, low } = hashText(`8${rpps}`);
      const owner = owners.find(high, low);
      return owner === -1 || (scan.firstLine[owner] ?? nothing) === nothing ? [] : readPerson(owner).links;
    },
  };
}

/** `null` where nothing is told, `undefined` where it cannot be used. */
function usable(text: string, parse: (text: string) => string | object): string | null | undefined {
  if (text.trim() === '') return null;
  const parsed = parse(text);
  return typeof parsed === 'string' ? parsed : undefined;
}

/** `<idNat>,<origin>,<quality>`, one after another by `;`. Of quality 1 each: another one is no ground to link two people. */
export function parseLinks(idNatPs: string, otherIds: string): Link[] {
  const told = otherIds.split(';').map((text) => text.trim().split(','));
  const ids = [idNatPs, ...told.filter(([, , quality]) => quality === '1').map(([id = '']) => id)];
  const find = (shape: RegExp) => new Set(ids.flatMap((id) => shape.exec(id)?.[1] ?? []));
  const [adelis, numbers] = [find(/^0([0-9A-Z]{9})$/), find(/^8(\d{11})$/)];
  return [...adelis].flatMap((adeli) => [...numbers].map((rpps) => ({ adeli, rpps })));
}
