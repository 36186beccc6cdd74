import type { Page } from 'playwright-core';
import decodeQr from 'qr/decode.js';
import { decodePng } from './png.ts';

/** What a phone's camera reads off the screen. */
export async function scanCode(page: Page): Promise<string> {
  const picture = await page.locator('.qr').screenshot();
  return decodeQr(decodePng(picture));
}
