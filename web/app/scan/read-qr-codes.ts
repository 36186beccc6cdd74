/** Finds the text of a QR code in what the camera shows now; `undefined` where there is none. */
export type QrReader = (video: HTMLVideoElement) => Promise<string | undefined>;

interface BarcodeDetector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

interface BarcodeDetectorConstructor {
  new (options: { formats: string[] }): BarcodeDetector;
  getSupportedFormats(): Promise<string[]>;
}

/** The browser's own decoder where there is one, else ours, which is loaded only then. */
export async function createQrReader(): Promise<QrReader> {
  const { BarcodeDetector: Detector } = window as { BarcodeDetector?: BarcodeDetectorConstructor };
  if (Detector && (await Detector.getSupportedFormats()).includes('qr_code')) {
    const detector = new Detector({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { createFrameReader } = await import('./frame-reader.ts');
  return createFrameReader();
}
