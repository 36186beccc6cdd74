import { isUtf8 } from 'node:buffer';
import { decodeLine } from './decode-line.ts';
import type { ExtractHeader } from './extract-kind.ts';
import { type Hash, hashBytes, hashText } from './hash.ts';
import { fewestFields, findRowFault, passesCheckDigit, readIdNatPs, readStructure } from './row-rules.ts';

/** What a line is, before duplicates: those show only beside the lines of the whole file. */
export const verdicts = [
  ...(['row', 'bad_check_digit', 'blank'] as const),
  ...(['torn_line', 'long_line', 'bad_identifier', 'bad_encoding'] as const),
] as const;
export type Verdict = (typeof verdicts)[number];

/** A line as the judge found it; the same object each time, so that millions of lines leave no garbage. */
export interface Judged {
  verdict: Verdict;
  /** Of the bytes. */
  line: Hash;
  /** Of whom the line is: the national identifier, or the structure of a mailbox without a person. */
  owner: Hash;
  /** Of the place of an activity; `undefined` where it has none. */
  place: Hash | undefined;
}

const separator = 0x7c;
const [zero, eight] = [0x30, 0x38];
const rppsDigits = 11;

/**
 * Judges lines by their bytes. Nearly all rows are of one form (type 8, eleven digits, all columns) and are never
 * decoded; every other one is, and goes by the rules of `row-rules.ts`.
 */
export function createLineJudge(header: ExtractHeader, isUtf8File: boolean) {
  const { positions, width } = header;
  const [typeAt = -1, identifierAt = -1, idNatPsAt = -1] = [
    positions.identifierType,
    positions.identifier,
    positions.idNatPs,
  ];
  const placeAt = positions.technicalId ?? -1;
  const isPlain =
    [typeAt, identifierAt, idNatPsAt].every((at) => at >= 0) && positions.structure === undefined;
  const fewest = fewestFields(header);
  /** Where each field begins; one more than the last separator. */
  const begins = new Int32Array(width + 2);
  const judged: Judged = { verdict: 'row', line: none, owner: none, place: undefined };

  function judge(bytes: Buffer, start: number, end: number): Judged {
    const fields = split(bytes, start, end);
    judged.line = hashBytes(bytes, start, end);
    if (isPlain && fields >= fewest && isPlainRow(bytes, fields, end) && isText(bytes, start, end))
      return judgePlain(bytes, fields, end);
    return judgeDecoded(bytes.subarray(start, end));
  }

  /** Notes where the fields begin; answers how many there are, `width + 2` for any number beyond that. */
  function split(bytes: Buffer, start: number, end: number): number {
    let fields = 1;
    begins[0] = start;
    for (let at = start; at < end; at++) {
      if (bytes[at] !== separator) continue;
      if (fields === width + 1) return width + 2;
      begins[fields++] = at + 1;
    }
    return fields;
  }

  const endOf = (field: number, fields: number, end: number): number =>
    field + 1 < fields ? (begins[field + 1] as number) - 1 : end;

  function isPlainRow(bytes: Buffer, fields: number, end: number): boolean {
    const type = begins[typeAt] as number;
    const identifier = begins[identifierAt] as number;
    if (fields > width + 1 || (fields === width + 1 && endOf(width, fields, end) > (begins[width] as number)))
      return false;
    return (
      bytes[type] === eight &&
      endOf(typeAt, fields, end) === type + 1 &&
      endOf(identifierAt, fields, end) === identifier + rppsDigits &&
      areDigits(bytes, identifier) &&
      endOf(idNatPsAt, fields, end) > (begins[idNatPsAt] as number)
    );
  }

  /** A line with a byte that is neither encoding's is none. */
  function isText(bytes: Buffer, start: number, end: number): boolean {
    const line = bytes.subarray(start, end);
    return isUtf8File && isUtf8(line) && !line.includes(0);
  }

  function judgePlain(bytes: Buffer, fields: number, end: number): Judged {
    judged.verdict = passesLuhn(bytes, begins[identifierAt] as number) ? 'row' : 'bad_check_digit';
    judged.owner = hashField(bytes, idNatPsAt, fields, end);
    const hasPlace =
      placeAt >= 0 && placeAt < fields && endOf(placeAt, fields, end) > (begins[placeAt] as number);
    judged.place = hasPlace ? hashField(bytes, placeAt, fields, end) : undefined;
    return judged;
  }

  function hashField(bytes: Buffer, field: number, fields: number, end: number): Hash {
    const [from, to] = [begins[field] as number, endOf(field, fields, end)];
    for (let at = from; at < to; at++) {
      if ((bytes[at] as number) > 0x7f) return hashText(bytes.toString('utf8', from, to));
    }
    return hashBytes(bytes, from, to);
  }

  function judgeDecoded(bytes: Buffer): Judged {
    const text = decodeLine(bytes, isUtf8File);
    if (text === undefined) return found('bad_encoding');
    if (text.trim() === '') return found('blank');
    const fields = text.split('|');
    const fault = findRowFault(header, fields);
    if (fault) return found(fault);
    const idNatPs = readIdNatPs(header, fields);
    judged.owner = hashText(idNatPs === '' ? `structure ${readStructure(header, fields)}` : idNatPs);
    const technicalId = fields[placeAt] ?? '';
    judged.place = technicalId === '' ? undefined : hashText(technicalId);
    return found(passesCheckDigit(header, fields) ? 'row' : 'bad_check_digit');
  }

  function found(verdict: Verdict): Judged {
    judged.verdict = verdict;
    return judged;
  }

  return judge;
}

const none: Hash = { high: 0, low: 0 };

function areDigits(bytes: Buffer, from: number): boolean {
  for (let at = from; at < from + rppsDigits; at++) {
    const byte = bytes[at] as number;
    if (byte < zero || byte > zero + 9) return false;
  }
  return true;
}

/** ISO/IEC 7812-1 annex B, over the eleven digits of an RPPS number. */
function passesLuhn(bytes: Buffer, from: number): boolean {
  let sum = 0;
  for (let digit = 0; digit < rppsDigits; digit++) {
    const value = ((bytes[from + digit] as number) - zero) * (digit % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
