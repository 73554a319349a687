/** A clip's last frame as a picture, taken in the page from the clip itself. */
import { FRAME_RATE } from './use-clip.ts';

export async function captureLastFrame(source: string, fileName: string): Promise<File> {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  video.src = source;
  await once(video, 'loadeddata');
  video.currentTime = Math.max(0, video.duration - 0.5 / FRAME_RATE);
  await once(video, 'seeked');
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')!.drawImage(video, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The frame could not be turned into a picture.');
  return new File([blob], fileName, { type: 'image/png' });
}

function once(video: HTMLVideoElement, event: 'loadeddata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener('error', () => reject(new Error('The clip cannot be read.')), { once: true });
  });
}
