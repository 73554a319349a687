/** The cut of a clip: for every frame, which pictures it shows, through which camera, and how one goes over into the other. */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import type { Plan } from '../director/plan.ts';
import type { ClipMotion } from '../fluid/clip-motion.ts';
import type { SceneMatch } from '../morph/correspondence.ts';
import { beyondOf, NOTHING_BEYOND } from '../raster/beyond.ts';
import type { RgbaImage } from '../raster/picture.ts';
import type { Over } from '../raster/rasteriser.ts';
import { countNodes } from '../raster/source-map.ts';
import { Veil } from '../raster/veil.ts';
import type { View } from '../raster/view-painter.ts';
import { createArriving } from './arrival.ts';
import { createFocusBlur } from './focus-blur.ts';
import type { FramedPictures } from './framed-pictures.ts';
import { addLightLeak } from './light-leak.ts';
import { createTakes } from './takes.ts';

export interface EditedFrame {
  readonly view: View;
  readonly over: Over | undefined;
  /** Lays light over what veils the frame already, if anything does; undefined where there is none. */
  readonly leak: ((veil: Veil | undefined) => Veil) | undefined;
}

export interface Edit {
  /** Blurred pictures that views may name, for the rasteriser. */
  readonly blurred: readonly RgbaImage[];
  at(index: number): EditedFrame;
}

/** @param match How the last picture and the end still lie on each other, where they show one scene. */
export function createEdit(
  { size, seed, frameCount, arrival }: Plan,
  { pictures, shots }: FramedPictures,
  motion: ClipMotion,
  match: SceneMatch | undefined,
): Edit {
  const scenes = pictures.map(({ scene }) => scene);
  const isWhip = arrival?.kind === 'whip-pan';
  const endWhip = isWhip ? { frame: arrival.firstFrame, side: arrival.side } : undefined;
  // Of a picture that turns into another one nothing is known beyond the frame.
  const beyond = pictures.map(({ image, surroundings = image }, picture) =>
    arrival?.kind === 'morph' && picture === shots.at(-1)!.stillIndex
      ? NOTHING_BEYOND
      : beyondOf(surroundings, image),
  );
  const takes = createTakes({ shots, scenes, beyond, size, seed, endWhip });
  const focus = createFocusBlur(takes, pictures);
  const arriving =
    arrival && createArriving({ arrival, take: takes.at(-1)!, scenes, match, frameCount, size, seed });
  const leakVeil = arrival?.kind === 'light-leak' ? new Veil(countNodes(size)) : undefined;
  const leakAt = (progress: number) => (veil: Veil | undefined) => {
    const lit = veil ?? leakVeil!;
    if (veil === undefined) lit.clear();
    addLightLeak(lit, progress, arrival!.side, seed);
    return lit;
  };
  return {
    blurred: focus.blurred,
    at(index) {
      const take = takes.findLast(({ firstFrame }) => firstFrame <= index)!;
      /** A picture is itself when it is first shown, the end still in the last frame. */
      const moving = (view: View): View => {
        const restFrame = view.stillIndex === arrival?.stillIndex ? frameCount - 1 : take.firstFrame;
        return { ...view, motion: motion.at(view.stillIndex, (index - restFrame) / FRAME_RATE) };
      };
      const shown = { ...take.viewAt(index), ...focus.at(take, index) };
      const isArriving = arriving !== undefined && index >= arrival!.firstFrame;
      const { view, over, leak } = isArriving ? arriving(index, shown) : { view: shown, over: undefined };
      return {
        view: moving(view),
        over: over && { ...over, view: moving(over.view) },
        leak: leak === undefined || leak >= 1 ? undefined : leakAt(leak),
      };
    },
  };
}
