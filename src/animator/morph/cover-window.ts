/**
 * Which part of the place between two pictures to show. Where one picture ends the other goes on, and with the same light nobody sees where; under
 * another light the edge is seen, and the view closes in on what the picture in the lead covers.
 */
import { smootherstep } from '../camera/seeded-noise.ts';
import type { Displacement } from '../raster/displacement.ts';

/** A view within the frame: shares of its sides, measured like a pose's pan, and an enlargement of at least 1. */
export interface CoverWindow {
  readonly zoom: number;
  readonly panX: number;
  readonly panY: number;
}

/** Shares of the sides that a picture leaves open at each edge of the frame, at least 0. */
export interface Cover {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** More enlargement than this costs more than a seam. */
const LARGEST_ZOOM = 1.35;

/** What a displaced picture leaves open, on average along each edge. */
export function coverOf({ field, share }: Displacement): Cover {
  const { width, height, dx, dy } = field;
  const edge = (
    data: Float32Array,
    first: number,
    step: number,
    count: number,
    sign: 1 | -1,
    length: number,
  ) => {
    let open = 0;
    for (let i = 0; i < count; i++) open += Math.max(0, sign * share * data[first + i * step]!);
    return open / (count * length);
  };
  return {
    left: edge(dx, 0, width, height, -1, width),
    right: edge(dx, width - 1, width, height, 1, width),
    top: edge(dy, 0, 1, width, -1, height),
    bottom: edge(dy, (height - 1) * width, 1, width, 1, height),
  };
}

/**
 * The window that hides what the first picture leaves open while it is seen at all, and the second likewise. `fade` 0..1 is how much of the second is
 * seen, `need` 0..1 how much there is to hide; at 0 the window is the whole frame. `seam` is how far inside a picture's edge it begins to fade, as a
 * share of the side.
 */
export function fitWindow(
  first: Cover,
  second: Cover,
  fade: number,
  need: number,
  seam: number,
): CoverWindow {
  const ofFirst = need * smootherstep(2 * (1 - fade));
  const ofSecond = need * smootherstep(2 * fade);
  const withSeam = (open: number) => open + Math.min(open, seam);
  const open = (side: keyof Cover) => ofFirst * withSeam(first[side]) + ofSecond * withSeam(second[side]);
  const across = axisWindow(open('left'), open('right'));
  const down = axisWindow(open('top'), open('bottom'));
  const zoom = Math.min(LARGEST_ZOOM, Math.max(across.zoom, down.zoom));
  const room = (1 - 1 / zoom) / 2;
  const within = (pan: number) => Math.max(-room, Math.min(room, pan));
  return { zoom, panX: within(across.pan), panY: within(down.pan) };
}

function axisWindow(low: number, high: number): { readonly zoom: number; readonly pan: number } {
  return { zoom: 1 / Math.max(0.5, 1 - low - high), pan: (low - high) / 2 };
}
