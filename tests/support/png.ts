import { inflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  /** RGB or RGBA, one byte each. */
  data: Uint8Array;
}

/** By bit depth and colour type. */
const pixelSizes = new Map([
  [0x0802, 3],
  [0x0806, 4],
]);

/** Reads a PNG of 8-bit RGB or RGBA without interlacing (RFC 2083), as our mails carry and browsers take pictures. */
export function decodePng(png: Buffer): Picture {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const bytesPerPixel = pixelSizes.get(png.readUInt16BE(24));
  if (bytesPerPixel === undefined || png[28] !== 0) throw new Error('not an 8-bit RGB or RGBA picture');
  const rows = inflateSync(Buffer.concat(chunks(png, 'IDAT')));
  const stride = width * bytesPerPixel;
  const data = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < bytesPerPixel ? 0 : (data[at - bytesPerPixel] ?? 0);
      const up = y === 0 ? 0 : (data[at - stride] ?? 0);
      const upLeft = y === 0 || x < bytesPerPixel ? 0 : (data[at - stride - bytesPerPixel] ?? 0);
      data[at] = (rows[y * (stride + 1) + 1 + x] ?? 0) + predict(filter, left, up, upLeft);
    }
  }
  return { width, height, data };
}

function* chunksOf(png: Buffer): Generator<{ type: string; body: Buffer }> {
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), body: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

function chunks(png: Buffer, wanted: string): Buffer[] {
  return [...chunksOf(png)].filter(({ type }) => type === wanted).map(({ body }) => body);
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  const paeth = () => {
    const estimate = left + up - upLeft;
    const [a, b, c] = [left, up, upLeft].map((value) => Math.abs(estimate - value)) as [
      number,
      number,
      number,
    ];
    if (a <= b && a <= c) return left;
    return b <= c ? up : upLeft;
  };
  return [0, left, up, (left + up) >> 1][filter] ?? paeth();
}
