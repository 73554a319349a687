/** The finished file of a case: what the encoder left of picture and sound, and how long it all took. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClipWriter } from '#animator/encode/clip-writer.ts';
import { renderSound } from '#animator/sound/render-sound.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { Resolution } from '#domain/media/frame-size.ts';
import { decodeFrames } from '#tests/media/decode-frames.ts';
import { decodeSound } from '#tests/media/decode-sound.ts';
import { type CaseClip, type ClipWish, makeClip, type StillLoader } from './case-clip.ts';
import { judgeLikeness } from './gates/likeness.ts';
import type { Measurement } from './gates/measurement.ts';
import { hasOnsets, judgeOnsets } from './gates/sound-gates.ts';

/** Speed has no bound here: it depends on the machine and what else runs on it; `npm run bench` measures it properly. */
export async function examineFile(
  subject: CaseClip & {
    readonly wish: ClipWish;
    readonly resolution: Resolution;
    readonly load: StillLoader;
  },
): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'animatic-quality-'));
  try {
    const path = join(folder, 'clip.mp4');
    const startedMs = performance.now();
    const { clip, stills } = await makeClip(subject.wish, subject.resolution, subject.load);
    const { size, frameCount, events } = clip.plan;
    const sound = renderSound(clip.plan);
    const writer = createClipWriter({
      path,
      size,
      frameCount,
      sound,
      quality: subject.wish.quality ?? 'high',
    });
    for (let index = 0; index < frameCount; index++) {
      writer.addFrame((frame) => clip.renderFrame(index, frame));
    }
    writer.finish();
    const seconds = (performance.now() - startedMs) / 1000;
    const [first, last] = decodeFrames(path, [0, frameCount - 1]);
    return [
      ...judgeLikeness('first frame', first!, stills[0]!, 'encoded'),
      ...(stills.length > 1 ? judgeLikeness('last frame', last!, stills.at(-1)!, 'encoded') : []),
      ...(hasOnsets(events) ? [judgeOnsets(decodeSound(path), events, 'encoded')] : []),
      { gate: 'speed', value: frameCount / FRAME_RATE / seconds, unit: 'x real time' },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
