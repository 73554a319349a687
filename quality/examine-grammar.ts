/** Every row of the camera grammar over every still, at usual and at bold strength: judged on the maps alone, which is cheap. */
import { MOVES, type MoveName } from '#animator/director/plan.ts';
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { Resolution } from '#domain/media/frame-size.ts';
import { mapsOf, type StillLoader, scenesOf, shotCameras } from './case-clip.ts';
import { judgeMaps } from './gates/map-gates.ts';
import type { Measurement } from './gates/measurement.ts';
import type { StillName } from './stills/stills.ts';

export const BOLD_STRENGTH = 1.8;

export interface GrammarRow {
  readonly move: MoveName;
  readonly strength: number;
  readonly measurements: readonly Measurement[];
}

/** The rows of one still. */
export async function examineGrammar(
  still: StillName,
  resolution: Resolution,
  load: StillLoader,
): Promise<readonly GrammarRow[]> {
  const image = await load(still, resolution);
  const scenes = scenesOf([image]);
  const size = { width: image.width, height: image.height };
  const frameCount = 5 * FRAME_RATE;
  return MOVES.flatMap((name) =>
    [1, BOLD_STRENGTH].map((strength) => {
      const shot = {
        firstFrame: 0,
        frameCount,
        stillIndex: 0,
        moves: [{ name, strength }],
        easing: 'glide',
      } as const;
      const plan = { size, seed: 7, shots: [shot] };
      const maps = shotCameras(plan, scenes).flatMap((camera) =>
        mapsOf(camera, size, name === 'handheld' ? 12 : 3),
      );
      return { move: name, strength, measurements: judgeMaps(maps) };
    }),
  );
}
