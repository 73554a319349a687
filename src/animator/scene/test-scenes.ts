/** Scenes painted by formula, for tests: in each it is known what moves by itself and where. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { RgbaImage } from '../raster/picture.ts';

/** Red, green and blue 0..1 at shares of width and height. */
type Paint = (u: number, v: number) => readonly [red: number, green: number, blue: number];

function paint({ width, height }: FrameSize, colourAt: Paint): RgbaImage {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel += 4) {
      const colour = colourAt((x + 0.5) / width, (y + 0.5) / height);
      for (let c = 0; c < 3; c++) data[pixel + c] = Math.round(255 * Math.min(1, Math.max(0, colour[c]!)));
      data[pixel + 3] = 255;
    }
  }
  return { width, height, data };
}

const smooth = (t: number): number => t * t * (3 - 2 * t);

/** Soft noise 0..1 with one independent value per unit. */
function noise(name: string, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const at = (dx: number, dy: number) => seededUnit(1, name, (column + dx) * 7919 + (row + dy) * 104_729);
  const across = smooth(x - column);
  const top = at(0, 0) + (at(1, 0) - at(0, 0)) * across;
  const bottom = at(0, 1) + (at(1, 1) - at(0, 1)) * across;
  return top + (bottom - top) * smooth(y - row);
}

/** Three octaves. */
const cloudNoise = (x: number, y: number): number =>
  0.55 * noise('a', x, y) + 0.3 * noise('b', 2 * x, 2 * y) + 0.15 * noise('c', 4 * x, 4 * y);

const mix = (a: readonly number[], b: readonly number[], t: number) =>
  [0, 1, 2].map((c) => a[c]! + (b[c]! - a[c]!) * t) as [number, number, number];

const ramp = (value: number, from: number, to: number) =>
  Math.min(1, Math.max(0, (value - from) / (to - from)));

function cloudySky(u: number, v: number): readonly [number, number, number] {
  const blue = mix([0.3, 0.52, 0.85], [0.72, 0.83, 0.95], v / 0.5);
  return mix(blue, [0.97, 0.97, 0.97], ramp(cloudNoise(5 * u, 14 * v), 0.5, 0.75));
}

const clearSky = (_: number, v: number): readonly [number, number, number] =>
  mix([0.3, 0.52, 0.85], [0.72, 0.83, 0.95], v / 0.5);

/** The upper edge of the hills, share of the height. */
const ridge = (u: number): number => 0.36 - 0.07 * Math.sin(5 * u) - 0.02 * noise('ridge', 60 * u, 0);
const wood = (u: number, v: number): readonly [number, number, number] => {
  const light = 0.6 + 0.6 * noise('wood', 160 * u, 90 * v);
  return [0.16 * light, 0.27 * light, 0.18 * light];
};

export const SHORE = 0.5;

/** Clouds over wooded hills, and below the shore a lake that mirrors them. A post stands in it. */
export function paintLake(size: FrameSize): RgbaImage {
  const land: Paint = (u, v) => (v < ridge(u) ? cloudySky(u, v) : wood(u, v));
  return paint(size, (u, v) => {
    if (Math.abs(u - 0.3) < 0.008 && v > 0.6 && v < 0.8) return [0.2, 0.12, 0.08];
    if (v < SHORE) return land(u, v);
    const depth = v - SHORE;
    const wobble = 0.004 * (noise('wave', 9 * u, 160 * v) - 0.5);
    const mirrored = land(u + wobble, Math.max(0, SHORE - depth * 0.95));
    return mix([0.1, 0.2, 0.28], mirrored, 0.75);
  });
}

/** A sea with waves up to the horizon, too rough to mirror anything but the sky's light. */
export function paintSea(size: FrameSize): RgbaImage {
  return paint(size, (u, v) => {
    if (v < SHORE) return cloudySky(u, v);
    const depth = v - SHORE + 0.02;
    const crest =
      noise('swell', (3 * u) / depth, 14 / (depth + 0.04)) +
      0.5 * noise('chop', (9 * u) / depth, 60 / (depth + 0.1));
    return mix([0.16, 0.33, 0.5], [0.62, 0.75, 0.88], ramp(crest, 0.35, 1.25));
  });
}

/** A street between houses under a clear sky: lines to the horizon, nothing that moves. */
export function paintStreet(size: FrameSize): RgbaImage {
  return paint(size, (u, v) => {
    const side = Math.abs(u - 0.5);
    const house = 0.44 - 0.75 * side;
    if (side > 0.06 && v > house && v < 0.46 + 0.9 * side) {
      const brick = noise('brick', 220 * u, 160 * v);
      const isWindow = (30 * u) % 1 > 0.55 && (22 * v) % 1 > 0.5;
      return isWindow ? [0.15, 0.18, 0.22] : [0.55 + 0.2 * brick, 0.34 + 0.12 * brick, 0.26 + 0.1 * brick];
    }
    if (v < 0.46) return clearSky(u, v);
    const grit = 0.36 + 0.12 * noise('grit', 300 * u, 190 * v);
    const isLine = Math.abs(u - 0.5) < 0.012 * (v - 0.44) * 8 && Math.sin(60 / (v - 0.42)) > 0;
    return isLine ? [0.9, 0.9, 0.86] : [grit, grit, grit];
  });
}

/** A meadow under clouds: no water, though the ground runs to the horizon. */
export function paintMeadow(size: FrameSize): RgbaImage {
  return paint(size, (u, v) => {
    if (v < ridge(u)) return cloudySky(u, v);
    if (v < 0.45) return wood(u, v);
    const blades = noise('blade', (260 * u) / (0.4 + v), 60 * v);
    return [0.22 + 0.2 * blades, 0.36 + 0.28 * blades, 0.1 + 0.08 * blades];
  });
}

/** The same land under a sky without a cloud. */
export function paintClearDay(size: FrameSize): RgbaImage {
  return paint(size, (u, v) => (v < ridge(u) ? clearSky(u, v) : wood(u, v)));
}

export const FLAME = { u: 0.5, v: 0.62, width: 0.07, height: 0.22 };

/** A camp fire at night, with a column of smoke to its right. */
export function paintCampfire(size: FrameSize): RgbaImage {
  return paint(size, (u, v) => {
    const tongue = (FLAME.v - v) / FLAME.height + 0.5;
    const half = FLAME.width * (1 - ramp(tongue, 0, 1)) * (0.7 + 0.6 * noise('tongue', 40 * u, 20 * v));
    if (tongue > 0 && tongue < 1 && Math.abs(u - FLAME.u) < half)
      return [1, 0.45 + 0.45 * (1 - tongue), 0.1 + 0.2 * (1 - tongue)];
    const plume =
      Math.exp(-(((u - 0.72 - 0.02 * Math.sin(9 * v)) / 0.045) ** 2)) *
      ramp(v, 0.62, 0.5) *
      ramp(v, 0.02, 0.1);
    const ground = 0.06 + 0.05 * noise('ground', 200 * u, 120 * v);
    const night: readonly number[] = v > 0.72 ? [ground * 1.2, ground, ground * 0.8] : [0.05, 0.06, 0.09];
    return mix(night, [0.55, 0.56, 0.58], 0.85 * plume * (0.75 + 0.5 * (cloudNoise(14 * u, 10 * v) - 0.5)));
  });
}

/** A fall of white water between dark rocks. */
export function paintWaterfall(size: FrameSize): RgbaImage {
  return paint(size, (u, v) => {
    const isFall = Math.abs(u - 0.5) < 0.11 && v > 0.12 && v < 0.86;
    const strokes = noise('stroke', 120 * u, 5 * v);
    if (isFall) return mix([0.62, 0.68, 0.72], [0.98, 0.99, 1], strokes);
    const rock = 0.1 + 0.2 * noise('rock', 90 * u, 60 * v);
    return [rock, rock * 1.02, rock * 0.95];
  });
}

/** The trunk of `paintPine`, shares of width and height. */
export const TRUNK = { u: 0.8, top: 0.04, foot: 0.84, halfWidth: 0.014 };

/** The lake again, and close by on a grassy bank a pine: its trunk stands before sky, hills, far wood and water. */
export function paintPine(size: FrameSize): RgbaImage {
  const lake = paintLake(size);
  return paint(size, (u, v) => {
    const bark = 0.8 + 0.4 * noise('bark', 400 * u, 40 * v);
    const isTrunk = Math.abs(u - TRUNK.u) < TRUNK.halfWidth && v > TRUNK.top && v < TRUNK.foot;
    if (isTrunk) return [0.3 * bark, 0.2 * bark, 0.13 * bark];
    const needles = 0.7 + 0.6 * noise('needles', 300 * u, 170 * v);
    const isBough = Math.abs(u - TRUNK.u) < 0.09 && v < 0.3 && (v * 18) % 1 < 0.6;
    if (isBough) return [0.12 * needles, 0.2 * needles, 0.08 * needles];
    if (v > 0.98 - 0.16 * ramp(u, 0.6, 0.75)) return [0.3 * needles, 0.36 * needles, 0.12 * needles];
    const pixel = 4 * (Math.floor(v * size.height) * size.width + Math.floor(u * size.width));
    return [0, 1, 2].map((c) => lake.data[pixel + c]! / 255) as [number, number, number];
  });
}

/** Who and what is on the street of `paintTraffic`. */
export const PASSER_BY = { u: 0.62, head: 0.4, foot: 0.72 };
export const CAR = { u: 0.36, top: 0.64, foot: 0.76 };

/** The street again with a passer-by and a car on it. */
export function paintTraffic(size: FrameSize): RgbaImage {
  const street = paintStreet(size);
  return paint(size, (u, v) => {
    const across = Math.abs(u - PASSER_BY.u);
    if (Math.hypot(across * 1.6, v - PASSER_BY.head - 0.02) < 0.03) return [0.86, 0.64, 0.5];
    if (across < 0.018 && v > PASSER_BY.head + 0.04 && v < PASSER_BY.foot) return [0.08, 0.09, 0.16];
    const isRoof = Math.abs(u - CAR.u) < 0.04 && v > CAR.top;
    if ((isRoof || (Math.abs(u - CAR.u) < 0.065 && v > CAR.top + 0.04)) && v < CAR.foot)
      return [0.75, 0.08, 0.07];
    const pixel = 4 * (Math.floor(v * size.height) * size.width + Math.floor(u * size.width));
    return [0, 1, 2].map((c) => street.data[pixel + c]! / 255) as [number, number, number];
  });
}

/** Where the back wall of `paintRoom` is. */
export const BACK_WALL = { left: 0.28, right: 0.72, top: 0.16, foot: 0.64 };

/** A room with a bright back wall and ceiling, a window in the wall, side walls and a wooden floor. */
export function paintRoom(size: FrameSize): RgbaImage {
  return paint(size, (u, v) => {
    const side = Math.max(0, Math.max(BACK_WALL.left - u, u - BACK_WALL.right) / BACK_WALL.left);
    const [ceiling, floor] = [BACK_WALL.top * (1 - side), BACK_WALL.foot + (1 - BACK_WALL.foot) * side];
    if (v > floor) {
      const grain = 0.85 + 0.3 * noise('plank', 20 * u, 200 * v);
      return [0.52 * grain, 0.36 * grain, 0.22 * grain];
    }
    if (v < ceiling) return [0.93, 0.92, 0.88];
    const isWindow = Math.abs(u - 0.5) < 0.1 && Math.abs(v - 0.33) < 0.1;
    const isFrame = isWindow && (Math.abs(u - 0.5) > 0.09 || Math.abs(v - 0.33) > 0.088);
    if (isFrame) return [0.36, 0.26, 0.18];
    if (isWindow) return [0.75, 0.85, 0.95];
    return side > 0 ? [0.68, 0.62, 0.53] : [0.85, 0.81, 0.74];
  });
}

/** A face that fills the frame from top to bottom before a blurred background. */
export function paintCloseFace(size: FrameSize): RgbaImage {
  return paint(size, (u, v) => {
    const out = Math.hypot((u - 0.5) / 0.25, (v - 0.5) / 0.62);
    const isEye = Math.hypot((Math.abs(u - 0.5) - 0.1) / 0.035, (v - 0.4) / 0.04) < 1;
    if (isEye) return [0.12, 0.1, 0.09];
    const pores = 0.9 + 0.2 * noise('pores', 330 * u, 190 * v);
    if (out < 0.86) return [0.83 * pores, 0.6 * pores, 0.46 * pores];
    if (out < 1) return mix([0.1, 0.07, 0.05], [0.3, 0.2, 0.14], noise('hair', 300 * u, 12 * v));
    const disc = Math.exp(-(((u - 0.1) / 0.08) ** 2) - ((v - 0.3) / 0.14) ** 2);
    return mix(mix([0.2, 0.32, 0.36], [0.42, 0.54, 0.5], v), [0.8, 0.74, 0.5], 0.8 * disc);
  });
}
