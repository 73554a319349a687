/** How a render process comes by the frames of a clip: from this thread, or from others that draw ahead of it. */
import type { Plan } from '#animator/director/plan.ts';
import { type ClipInput, prepareClip } from '#animator/prepare-clip.ts';
import type { I420Frame } from '#animator/raster/picture.ts';

/** A clip that is being drawn. */
export interface Drawing {
  readonly plan: Plan;
  /** Resolves with what puts a frame into `out`, once it can. To be asked for in order, every frame once. Rejects when drawing has failed. */
  frame(index: number): Promise<(out: I420Frame) => void>;
  /** Resolves when nothing is being drawn any more. Never rejects. */
  end(): Promise<void>;
}

/** Resolves as soon as the clip is planned. */
export type BeginDrawing = (input: ClipInput) => Promise<Drawing>;

/** Draws in the calling thread, each frame when it is asked for. */
export const drawHere: BeginDrawing = async (input) => {
  const { plan, renderFrame } = prepareClip(input);
  return { plan, frame: async (index) => (out) => renderFrame(index, out), end: async () => {} };
};
