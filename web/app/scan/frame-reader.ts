import { decodeQR } from 'qr/decode.js';
import type { QrReader } from './read-qr-codes.ts';

const frameWidth = 640;

/** Decodes frames of the camera in the page. */
export function createFrameReader(): QrReader {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    if (!context || video.videoWidth === 0) return undefined;
    canvas.width = frameWidth;
    canvas.height = Math.round((frameWidth * video.videoHeight) / video.videoWidth);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return decode(context.getImageData(0, 0, canvas.width, canvas.height));
  };
}

function decode(image: ImageData): string | undefined {
  try {
    return decodeQR(image);
  } catch {
    return undefined;
  }
}
