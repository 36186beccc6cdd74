import { createQrReader } from './read-qr-codes.ts';

const betweenFramesMs = 120;

/**
 * Shows the camera in `video` and reports each QR code it sees, until `ended`. Rejects where there is no camera or
 * it is not allowed.
 */
export async function scanQrCodes(
  video: HTMLVideoElement,
  ended: AbortSignal,
  onText: (text: string) => void,
): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  ended.addEventListener('abort', () => stop(stream));
  if (ended.aborted) return stop(stream);
  video.srcObject = stream;
  const read = await createQrReader();
  await video.play();
  while (!ended.aborted) {
    const text = await read(video);
    if (text !== undefined && !ended.aborted) onText(text);
    await new Promise((resolve) => setTimeout(resolve, betweenFramesMs));
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
