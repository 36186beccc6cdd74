import { encodeQR } from 'qr';

const [width, height, moduleSize] = [640, 480, 8];
const [dark, light, grey] = [16, 235, 128];

/** A film (YUV4MPEG2) that a browser takes for its camera, showing one QR code. */
export function qrFilm(text: string): Buffer {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const luma = Buffer.alloc(width * height, light);
  const left = Math.floor((width - modules.length * moduleSize) / 2);
  const top = Math.floor((height - modules.length * moduleSize) / 2);
  modules.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isDark) paint(luma, left + x * moduleSize, top + y * moduleSize);
    });
  });
  const chroma = Buffer.alloc((width * height) / 2, grey);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  return Buffer.concat([header, frame, frame]);
}

function paint(luma: Buffer, left: number, top: number): void {
  for (let y = top; y < top + moduleSize; y++)
    luma.fill(dark, y * width + left, y * width + left + moduleSize);
}
