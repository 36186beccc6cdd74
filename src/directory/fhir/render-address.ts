import type { Address } from '../organization.ts';
import { codeSystems, extensionUrls } from './code-systems.ts';
import { coding, filled, present } from './render-resource.ts';
import type { Extension } from './resource.ts';

interface Line {
  text: string;
  parts: Extension[];
}

/** FR Core address: each line with its parts (ISO 21090) beside it, and the INSEE code of the commune. */
export function renderAddress(address: Address): object[] {
  const lines = [careOf(address), locator(address), street(address), distribution(address)].flat();
  const city = address.communeName ?? cityOf(address.cedex);
  const { communeCode, postalCode, countryCode } = address;
  const district = address.departmentCode ?? departmentOf(communeCode ?? postalCode);
  if (lines.length === 0 && !city && !postalCode) return [];
  return [
    {
      ...present('extension', communeCode ? [inseeCode(communeCode)] : []),
      ...present(
        'line',
        lines.map(({ text }) => text),
      ),
      ...renderParts(lines),
      ...(city ? { city } : {}),
      ...(district ? { district } : {}),
      ...(postalCode ? { postalCode } : {}),
      ...(countryCode ? { country: countryCode } : {}),
    },
  ];
}

/** Beside each line, in its place; `null` beside one that has none (https://hl7.org/fhir/R4/json.html#primitive). */
function renderParts(lines: readonly Line[]): { _line?: ({ extension: Extension[] } | null)[] } {
  if (lines.every(({ parts }) => parts.length === 0)) return {};
  return { _line: lines.map(({ parts }) => (parts.length > 0 ? { extension: parts } : null)) };
}

function inseeCode(code: string): Extension {
  return { url: extensionUrls.inseeCode, valueCoding: coding(codeSystems.municipality, code) };
}

const careOf = ({ recipientComplement }: Address): Line[] =>
  line(part(extensionUrls.careOf, recipientComplement), recipientComplement);

const locator = ({ locationComplement }: Address): Line[] =>
  line(part(extensionUrls.additionalLocator, locationComplement), locationComplement);

const distribution = ({ distribution: postBox }: Address): Line[] =>
  line(part(extensionUrls.postBox, postBox), postBox);

function street(address: Address): Line[] {
  const { houseNumber, repetitionIndex, streetTypeCode, streetTypeLabel, streetName } = address;
  const parts = [
    ...part(extensionUrls.houseNumber, houseNumber),
    ...part(extensionUrls.buildingNumberSuffix, repetitionIndex),
    ...part(extensionUrls.streetNameType, streetTypeCode),
    ...part(extensionUrls.streetNameBase, streetName),
  ];
  return line(parts, houseNumber, repetitionIndex, streetTypeLabel ?? streetTypeCode, streetName);
}

function line(parts: Extension[], ...words: (string | null)[]): Line[] {
  const text = filled(...words).join(' ');
  return text ? [{ text, parts }] : [];
}

function part(url: string, value: string | null): Extension[] {
  return value ? [{ url, valueString: value }] : [];
}

/** In some rows postal code and town stand together in "Bureau cedex" and nowhere else. */
function cityOf(cedex: string | null): string | undefined {
  return cedex?.replace(/^\d{5}\s+/, '') || undefined;
}

/**
 * The extracts leave the column of the department empty. INSEE codes tell it (2A and 2B too, three digits overseas),
 * and so do postal codes but for Corsica, which shares 20.
 */
function departmentOf(code: string | null): string | undefined {
  const [department] = code?.match(/^(?:9[78]\d|2[AB]|[013-9]\d|2[1-9])(?=\w{2,3}$)/) ?? [];
  return department;
}
