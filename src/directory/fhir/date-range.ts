/** Instants of `_lastUpdated`: `from` inclusive, `to` exclusive; `outside` inverts the range (prefix `ne`). */
export interface DateRange {
  from?: number;
  to?: number;
  outside?: boolean;
}

const pattern =
  /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?(Z|[+ -]\d\d:\d\d)?)?)?)?$/;

/**
 * Reads a date parameter: prefix, then a year, month, day or instant of which all that it covers counts
 * (https://hl7.org/fhir/R4/search.html#date). Without a zone it is UTC. `undefined` where it is malformed.
 * A `+` that arrived as a space, because a client did not escape it, is understood.
 */
export function parseDateRange(text: string, now: number): DateRange | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, prefix = 'eq', ...parts] = match;
  const covered = coverage(parts);
  return covered && applyPrefix(prefix, covered, now);
}

interface Span {
  from: number;
  to: number;
}

function coverage(parts: (string | undefined)[]): Span | undefined {
  const [year, month, day, hour, minute, second, fraction, zone] = parts;
  const at = (...offsets: number[]): number =>
    Date.UTC(
      Number(year) + (offsets[0] ?? 0),
      Number(month ?? 1) - 1 + (offsets[1] ?? 0),
      Number(day ?? 1) + (offsets[2] ?? 0),
    );
  if (!isCalendarDate(year, month, day)) return undefined;
  if (hour === undefined) {
    if (day !== undefined) return { from: at(), to: at(0, 0, 1) };
    return month === undefined ? { from: at(), to: at(1) } : { from: at(), to: at(0, 1) };
  }
  const time = clockTime(hour, minute, second, fraction);
  const offset = zoneOffset(zone);
  if (time === undefined || offset === undefined) return undefined;
  const from = at() + time - offset;
  return { from, to: from + precision(second, fraction) };
}

function isCalendarDate(year = '', month = '01', day = '01'): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
}

function clockTime(hour = '', minute = '', second = '0', fraction = '0'): number | undefined {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return seconds * 1000 + Number(fraction.padEnd(3, '0'));
}

function precision(second: string | undefined, fraction: string | undefined): number {
  if (fraction !== undefined) return 1;
  return second === undefined ? 60_000 : 1000;
}

function zoneOffset(zone = 'Z'): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function applyPrefix(prefix: string, { from, to }: Span, now: number): DateRange {
  switch (prefix) {
    case 'ne':
      return { from, to, outside: true };
    case 'gt':
    case 'sa':
      return { from: to };
    case 'lt':
    case 'eb':
      return { to: from };
    case 'ge':
      return { from };
    case 'le':
      return { to };
    case 'ap':
      return approximately({ from, to }, now);
    default:
      return { from, to };
  }
}

/** Ten per cent of the distance to now, as the specification recommends. */
function approximately({ from, to }: Span, now: number): DateRange {
  const slack = Math.round(Math.abs(now - from) / 10);
  return { from: from - slack, to: to + slack };
}
