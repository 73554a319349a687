/**
 * The pictures that a clip is drawn from: the stills as given, and after them every part of one that a shot shows as a picture of its own, with
 * what is known of the whole carried over.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Framing, Shot } from '../director/plan.ts';
import { cropPicture, type Part } from '../raster/crop-picture.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { frameScene } from '../scene/frame-scene.ts';
import type { Scene } from '../scene/scene.ts';

export interface Picture {
  readonly image: RgbaImage;
  readonly scene: Scene;
  /** The given still that it shows, or shows a part of. */
  readonly stillIndex: number;
}

export interface FramedPictures {
  readonly pictures: readonly Picture[];
  /** The shots with `stillIndex` naming one of the pictures. */
  readonly shots: readonly Shot[];
}

/** @param largeStills The stills again, larger than the frame where they are to be had so; parts are taken from them. */
export function framePictures(
  shots: readonly Shot[],
  stills: readonly RgbaImage[],
  largeStills: readonly RgbaImage[],
  scenes: readonly Scene[],
): FramedPictures {
  const pictures: Picture[] = stills.map((image, i) => ({ image, scene: scenes[i]!, stillIndex: i }));
  const known = new Map<string, number>();
  const indexOf = ({ stillIndex, framing }: Shot): number => {
    if (framing === undefined) return stillIndex;
    const key = `${stillIndex} ${framing.zoom} ${framing.x} ${framing.y}`;
    const found = known.get(key) ?? pictures.length;
    if (found === pictures.length) {
      known.set(key, found);
      const size = { width: stills[stillIndex]!.width, height: stills[stillIndex]!.height };
      pictures.push(
        framedPicture(framing, stillIndex, size, largeStills[stillIndex] ?? stills[stillIndex]!, scenes),
      );
    }
    return found;
  };
  return { shots: shots.map((shot) => ({ ...shot, stillIndex: indexOf(shot) })), pictures };
}

function framedPicture(
  framing: Framing,
  stillIndex: number,
  size: FrameSize,
  source: RgbaImage,
  scenes: readonly Scene[],
): Picture {
  const part = partOf(framing);
  return {
    image: cropPicture(source, part, size),
    scene: frameScene(scenes[stillIndex]!, part),
    stillIndex,
  };
}

function partOf({ zoom, x, y }: Framing): Part {
  const side = 1 / zoom;
  return { left: x - side / 2, top: y - side / 2, width: side, height: side };
}
