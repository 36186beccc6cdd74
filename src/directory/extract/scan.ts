import type { KeyIndex } from './key-index.ts';
import type { Extract, ExtractTally } from './open-extract.ts';

/** No line, no owner, no place. */
export const nothing = 0xffff_ffff;

/** The numbers that keys have, in every file and every generation; a scan adds those it meets first. */
export interface ScanKeys {
  /** Persons by national identifier, and structures that own mailboxes. */
  owners: KeyIndex;
  /** Places by *Identifiant technique de la structure*. */
  places: KeyIndex;
}

/** The accepted lines of a file, in its order, as columns; and for each owner and place where their lines are. */
export interface Scan {
  extract: Extract;
  tally: ExtractTally;
  count: number;
  start: Float64Array;
  length: Uint32Array;
  /** `nothing` where a line names none. */
  place: Uint32Array;
  /** The next line of the same owner, or `nothing`. */
  next: Uint32Array;
  /** By number of an owner: the first line, or `nothing`. */
  firstLine: Uint32Array;
  /** By number of an owner, two halves: changes with any of its lines and with their order; 0, 0 without lines. */
  ownerDigest: Uint32Array;
  /** By number of a place: the last line, or `nothing`. */
  lastLine: Uint32Array;
  /** By number of a place, two halves: that of its last line. */
  placeDigest: Uint32Array;
}
