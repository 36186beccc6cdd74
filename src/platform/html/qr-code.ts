import { type Html, html } from './html.ts';

/** White modules around the code (ISO/IEC 18004 section 6.3.8). */
const quietZone = 4;

/** A QR code as an inline picture, dark on light in every colour scheme. `label` names it for those who do not see it. */
export async function qrCode(text: string, label: string): Promise<Html> {
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = modules.size + 2 * quietZone;
  return html`<svg class="qr" viewBox="0 0 ${side} ${side}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path fill="#10262c" d="${darkPath(modules)}"/></svg>`;
}

function darkPath({ size, data }: { size: number; data: Uint8Array }): string {
  const parts: string[] = [];
  for (let at = 0; at < data.length; at++) {
    if (data[at]) parts.push(`M${(at % size) + quietZone} ${Math.floor(at / size) + quietZone}h1v1h-1z`);
  }
  return parts.join('');
}
