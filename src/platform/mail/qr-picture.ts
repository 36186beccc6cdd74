import type { InlineImage } from './mail-sender.ts';

/** A PNG of at least 200 pixels with its quiet zone, whole pixels to a module, so that phones read it off any screen. */
export async function renderQrPicture(text: string, cid: string): Promise<InlineImage> {
  const { toBuffer } = await import('qrcode');
  const content = await toBuffer(text, { errorCorrectionLevel: 'M', margin: 4, scale: 8 });
  return { cid, contentType: 'image/png', content };
}
