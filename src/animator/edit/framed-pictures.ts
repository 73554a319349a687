/**
 * The pictures that a clip is drawn from: the stills as given, and after them every part of one that a shot shows as a picture of its own, with
 * what is known of the whole carried over.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Framing, Shot } from '../director/plan.ts';
import type { Beyond } from '../raster/beyond.ts';
import { cropCentre } from '../raster/crop-centre.ts';
import { cropPicture, type Part } from '../raster/crop-picture.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { frameScene } from '../scene/frame-scene.ts';
import type { Scene } from '../scene/scene.ts';

export interface Picture {
  readonly image: RgbaImage;
  /** The image with what there is of its picture around it, for a camera that moves there; undefined where there is nothing. */
  readonly surroundings?: RgbaImage | undefined;
  readonly scene: Scene;
  /** The given still that it shows, or shows a part of. */
  readonly stillIndex: number;
}

export interface FramedPictures {
  readonly pictures: readonly Picture[];
  /** The shots with `stillIndex` naming one of the pictures. */
  readonly shots: readonly Shot[];
}

/** The stills that a clip is given; see `ClipInput`. */
export interface GivenPictures {
  readonly stills: readonly RgbaImage[];
  readonly largeStills: readonly RgbaImage[];
  readonly surroundings: readonly (RgbaImage | undefined)[];
}

export function framePictures(
  shots: readonly Shot[],
  { stills, largeStills, surroundings }: GivenPictures,
  scenes: readonly Scene[],
): FramedPictures {
  const pictures: Picture[] = stills.map((image, i) => ({
    image,
    surroundings: surroundings[i],
    scene: scenes[i]!,
    stillIndex: i,
  }));
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
  const beyond = beyondPart(part, framing.zoom, size);
  const surroundings = cropPicture(source, grown(part, size, beyond), {
    width: size.width + 2 * beyond.x,
    height: size.height + 2 * beyond.y,
  });
  return {
    image: cropCentre(surroundings, size),
    surroundings,
    scene: frameScene(scenes[stillIndex]!, part),
    stillIndex,
  };
}

/** No move reaches farther than this share of a side. */
const LARGEST_REACH = 0.12;

/** What the picture has around a part of it, alike on both sides. */
function beyondPart({ left, top, width, height }: Part, zoom: number, size: FrameSize): Beyond {
  const even = (share: number, side: number) => 2 * Math.floor((Math.min(LARGEST_REACH, share) * side) / 2);
  return {
    x: even(zoom * Math.max(0, Math.min(left, 1 - left - width)), size.width),
    y: even(zoom * Math.max(0, Math.min(top, 1 - top - height)), size.height),
  };
}

function grown({ left, top, width, height }: Part, size: FrameSize, beyond: Beyond): Part {
  const [x, y] = [(width * beyond.x) / size.width, (height * beyond.y) / size.height];
  return { left: left - x, top: top - y, width: width + 2 * x, height: height + 2 * y };
}

function partOf({ zoom, x, y }: Framing): Part {
  const side = 1 / zoom;
  return { left: x - side / 2, top: y - side / 2, width: side, height: side };
}
