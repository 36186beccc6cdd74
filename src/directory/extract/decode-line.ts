import { isAscii, isUtf8 } from 'node:buffer';

/** Bytes that Windows-1252 leaves undefined. */
const undefinedBytes = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const windows1252 = new TextDecoder('windows-1252');

/** The text of a line; in a UTF-8 file one that is not valid UTF-8 is read as Windows-1252. `undefined`: neither. */
export function decodeLine(bytes: Buffer, isUtf8File: boolean): string | undefined {
  if (bytes.includes(0)) return undefined;
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8File && isUtf8(bytes)) return bytes.toString();
  return bytes.some((byte) => undefinedBytes.has(byte)) ? undefined : windows1252.decode(bytes);
}
