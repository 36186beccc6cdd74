import { createLineReader } from '../extract/line-reader.ts';
import { nothing, type Scan } from '../extract/scan.ts';
import {
  createPersonParser,
  type PersonParserParts,
  type PersonRecord,
  type PlacedRow,
} from './read-people.ts';
import { createPlaceParser, townAt } from './read-places.ts';

export interface ScannedLines
  extends Pick<Scan, 'start' | 'length' | 'place' | 'next' | 'firstLine' | 'lastLine'> {
  extract: Pick<Scan['extract'], 'descriptor' | 'isUtf8File' | 'header'>;
}

/** Reads everything that an extract tells of a person: all their lines, wherever in the file. */
export function createPeopleReader(
  scan: ScannedLines,
  parts: Omit<PersonParserParts, 'townOf'>,
): (owner: number) => PersonRecord {
  const readLine = createLineReader(scan);
  const parse = createPersonParser(scan.extract.header, { ...parts, townOf: createTownReader(scan) });
  return (owner) => {
    const rows: PlacedRow[] = [];
    for (let line = scan.firstLine[owner] as number; line !== nothing; line = scan.next[line] as number)
      rows.push({ fields: readLine(line), place: scan.place[line] as number });
    return parse(owner, rows);
  };
}

/** The town of a place is that of its last line, as in `applyPlaces`. Many places share the text of one town. */
function createTownReader(scan: ScannedLines): (place: number) => string {
  const readLine = createLineReader(scan);
  const parse = createPlaceParser(scan.extract.header);
  const ofPlace: (string | undefined)[] = new Array(scan.lastLine.length);
  const towns = new Map<string, string>();

  function readTown(place: number): string {
    const town = parse(readLine(scan.lastLine[place] as number))[townAt] as string;
    const known = towns.get(town) ?? town;
    towns.set(known, known);
    return known;
  }

  return (place) => {
    const town = ofPlace[place] ?? readTown(place);
    ofPlace[place] = town;
    return town;
  };
}
