/** The two clips that speed is measured with: nothing but a camera, and everything at once. */
import { openDepthSource } from '#adapters/engines/embedded/depth/depth-source.ts';
import { drawHere } from '#adapters/engines/embedded/drawing.ts';
import { renderClip } from '#adapters/engines/embedded/render-clip.ts';
import type { Plan } from '#animator/director/plan.ts';
import { copyFrame } from '#animator/raster/copy-frame.ts';
import { createFrame } from '#animator/raster/create-frame.ts';
import type { I420Frame } from '#animator/raster/picture.ts';
import { renderSound } from '#animator/sound/render-sound.ts';
import type { StereoSound } from '#animator/sound/stereo-sound.ts';
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import { frameSize, type Resolution } from '#domain/media/frame-size.ts';
import type { EngineJob } from '#ports/engine.ts';
import { makeEngineJob } from '#tests/fixtures/engine-job.ts';

export const SCENES = {
  light: { still: 'portrait.jpg', prompt: 'push in' },
  heavy: {
    still: 'lakeside.jpg',
    prompt: 'push in, orbit left, gentle waves, drifting clouds, wind in the trees, rain',
  },
} as const;

export type SceneName = keyof typeof SCENES;

/** What is measured in one line of a table. */
export interface Case {
  readonly scene: SceneName;
  readonly resolution: Resolution;
  readonly quality: ClipQuality;
  readonly durationSeconds: number;
}

/** The case as a job for the engine; its clip goes into `folder`. */
export function jobOf({ scene, resolution, quality, durationSeconds }: Case, folder: string): EngineJob {
  const { still, prompt } = SCENES[scene];
  return makeEngineJob({
    folder,
    prompt,
    imagePaths: [new URL(`../../examples/stills/${still}`, import.meta.url).pathname],
    resolution,
    size: frameSize(resolution, '16:9'),
    durationSeconds,
    quality,
    generateAudio: true,
  });
}

/** All that the encoder gets for a job. */
export interface DrawnClip {
  readonly plan: Plan;
  readonly frames: readonly I420Frame[];
  readonly sound: StereoSound;
}

/** Renders a job as the engine does, and keeps what is encoded. */
export async function drawClip(job: EngineJob): Promise<DrawnClip> {
  const frames: I420Frame[] = [];
  let plan: Plan | undefined;
  const begin: typeof drawHere = async (input) => {
    const drawing = await drawHere(input);
    plan = drawing.plan;
    return {
      ...drawing,
      async frame(index) {
        const draw = await drawing.frame(index);
        return (out) => {
          draw(out);
          const kept = createFrame(out);
          copyFrame(out, kept);
          frames.push(kept);
        };
      },
    };
  };
  const news = { progress: () => {}, log: () => {} };
  await renderClip(job, await openDepthSource(undefined), news, new AbortController().signal, begin);
  return { plan: plan!, frames, sound: renderSound(plan!) };
}
