/** A log cabin on the left shore, its windows lit, smoke over the chimney. */
import { type Canvas, fillPolygon, pixelAt, plot } from './canvas.ts';
import type { View } from './lakeside.ts';
import { type Colour, fractal, lattice, mixColour, smoothstep } from './noise.ts';
import { throughAir, type Weather } from './weather.ts';

const PLACE = { x: -24.5, z: 108, ground: 1.15 } as const;
/** Half width of the gable, half length of the side; the gable is turned towards the lake. */
const HALF_WIDTH = 3.6;
const HALF_LENGTH = 4.6;
const TURN = 0.62;
const EAVES = 3;
const RIDGE = 5.6;
const OVERHANG = 0.55;

/** Right and away along the house's own axes, up from its floor. */
type Corner = readonly [right: number, away: number, up: number];

const LOGS: Colour = [0.15, 0.083, 0.042];
const SHINGLES: Colour = [0.085, 0.062, 0.055];
const TRIM: Colour = [0.33, 0.27, 0.2];

export function drawCabin(canvas: Canvas, view: View, weather: Weather, isMirrored: boolean): void {
  for (const face of faces(weather)) drawFace(canvas, view, weather, face, isMirrored);
  drawSmoke(canvas, view, weather, isMirrored);
}

interface Face {
  readonly corners: readonly Corner[];
  /** How much sun falls on it. */
  readonly direct: number;
  readonly colour: (heightMetres: number, x: number, y: number) => Colour;
  /** Emits its colour instead of reflecting light. */
  readonly glows?: true;
}

/** Back to front. */
function faces(weather: Weather): readonly Face[] {
  const fromLeft = Math.max(0, -weather.sun[0]);
  const [w, l, o] = [HALF_WIDTH, HALF_LENGTH, OVERHANG];
  const logs = (height: number, x: number, y: number): Colour => {
    const log = (height * 3.2) % 1;
    const round = 0.55 + 0.6 * Math.sin(Math.PI * log);
    return mixColour(
      [0, 0, 0],
      LOGS,
      round * (0.85 + 0.3 * lattice(Math.floor(height * 3.2), x >> 4, 31)) + 0.08 * lattice(x, y, 32),
    );
  };
  const shingles = (height: number, x: number, y: number): Colour =>
    mixColour(
      [0, 0, 0],
      SHINGLES,
      0.7 + 0.5 * lattice(x >> 2, Math.floor(height * 5), 33) + 0.15 * lattice(x, y, 34),
    );
  const pane = (): Colour => weather.lamp;
  const trim = (): Colour => TRIM;
  const window = (right: number, up: number, wide: number, tall: number): readonly Face[] => [
    { corners: gableRectangle(right, up, wide + 0.22, tall + 0.22, -l - 0.02), direct: 0.2, colour: trim },
    {
      corners: gableRectangle(right - wide / 4 - 0.02, up, wide / 2 - 0.08, tall, -l - 0.04),
      direct: 0,
      colour: pane,
      glows: true,
    },
    {
      corners: gableRectangle(right + wide / 4 + 0.02, up, wide / 2 - 0.08, tall, -l - 0.04),
      direct: 0,
      colour: pane,
      glows: true,
    },
  ];
  return [
    {
      corners: [
        [1, 1.2, 4.4],
        [1.9, 1.2, 4.4],
        [1.9, 1.2, 6.7],
        [1, 1.2, 6.7],
      ],
      direct: 0.4 * fromLeft,
      colour: (_h, x, y) => mixColour([0.14, 0.12, 0.11], [0.22, 0.19, 0.17], lattice(x >> 2, y >> 2, 35)),
    },
    {
      corners: [
        [-w, -l, 0],
        [-w, l, 0],
        [-w, l, EAVES],
        [-w, -l, EAVES],
      ],
      direct: 0.95 * fromLeft,
      colour: logs,
    },
    {
      corners: [
        [-w, -l, 0],
        [w, -l, 0],
        [w, -l, EAVES],
        [0, -l, RIDGE],
        [-w, -l, EAVES],
      ],
      direct: 0.3 * fromLeft,
      colour: logs,
    },
    {
      corners: [
        [-w, 1.6, 0.95],
        [-w, 2.9, 0.95],
        [-w, 2.9, 2.15],
        [-w, 1.6, 2.15],
      ].map(([r, a, u]) => [r! - 0.03, a!, u!] as const),
      direct: 0,
      colour: pane,
      glows: true,
    },
    {
      corners: [
        [-w, -2.4, 0.95],
        [-w, -1.1, 0.95],
        [-w, -1.1, 2.15],
        [-w, -2.4, 2.15],
      ].map(([r, a, u]) => [r! - 0.03, a!, u!] as const),
      direct: 0,
      colour: pane,
      glows: true,
    },
    ...window(-1.7, 1.65, 1.35, 1.25),
    {
      corners: gableRectangle(1.5, 1.08, 1.15, 2.16, -l - 0.03),
      direct: 0.2,
      colour: () => [0.16, 0.05, 0.035],
    },
    ...window(0, 3.95, 0.85, 0.8),
    {
      corners: [
        [-w - o, -l - o, EAVES - 0.42],
        [-w - o, l + o, EAVES - 0.42],
        [0, l + o, RIDGE + 0.12],
        [0, -l - o, RIDGE + 0.12],
      ],
      direct: 0.85 * fromLeft + 0.1,
      colour: shingles,
    },
    {
      corners: [
        [w + o, -l - o, EAVES - 0.42],
        [w + o, -l - o, EAVES - 0.15],
        [0, -l - o, RIDGE + 0.35],
        [0, -l - o, RIDGE + 0.05],
      ],
      direct: 0.25,
      colour: trim,
    },
    {
      corners: [
        [-w - o, -l - o, EAVES - 0.42],
        [-w - o, -l - o, EAVES - 0.15],
        [0, -l - o, RIDGE + 0.35],
        [0, -l - o, RIDGE + 0.05],
      ],
      direct: 0.3 * fromLeft + 0.2,
      colour: trim,
    },
  ];
}

function gableRectangle(
  right: number,
  up: number,
  wide: number,
  tall: number,
  away: number,
): readonly Corner[] {
  return [
    [right - wide / 2, away, up - tall / 2],
    [right + wide / 2, away, up - tall / 2],
    [right + wide / 2, away, up + tall / 2],
    [right - wide / 2, away, up + tall / 2],
  ];
}

function drawFace(canvas: Canvas, view: View, weather: Weather, face: Face, isMirrored: boolean): void {
  const corners = face.corners.map(([right, away, up]): readonly [number, number] => {
    const x = PLACE.x + right * Math.cos(TURN) - away * Math.sin(TURN);
    const z = PLACE.z + right * Math.sin(TURN) + away * Math.cos(TURN);
    const height = PLACE.ground + up;
    const y = isMirrored
      ? view.horizon + ((height + view.eye) / z) * view.focal
      : view.horizon - ((height - view.eye) / z) * view.focal;
    return [view.centre + (x / z) * view.focal, y];
  });
  fillPolygon(canvas, corners, PLACE.z - 6, (x, y) => {
    const up =
      Math.abs((view.horizon - y) * PLACE.z) / view.focal +
      (isMirrored ? -view.eye : view.eye) -
      PLACE.ground;
    const colour = face.colour(Math.abs(up), x, y);
    if (face.glows) return colour;
    const lit = (channel: 0 | 1 | 2) =>
      colour[channel] * (weather.sunlight[channel] * face.direct + weather.skylight[channel] * 0.75);
    return throughAir(weather, [lit(0), lit(1), lit(2)], PLACE.x / PLACE.z, PLACE.z, PLACE.ground + up);
  });
}

/** Thins out and leans as it rises. */
function drawSmoke(canvas: Canvas, view: View, weather: Weather, isMirrored: boolean): void {
  const scale = view.focal / PLACE.z;
  const startX = view.centre + ((PLACE.x + 0.9 * 1.45) / PLACE.z) * view.focal;
  for (let rise = 0; rise < 17 * scale; rise++) {
    const share = rise / (17 * scale);
    const height = PLACE.ground + 6.6 + rise / scale;
    const y = Math.round(
      isMirrored ? view.horizon + (height + view.eye) * scale : view.horizon - (height - view.eye) * scale,
    );
    const middle = startX + scale * (3.6 * share ** 1.4 + 0.9 * fractal(share * 4, 1, 3, 37));
    const half = scale * (0.25 + 1.6 * share);
    for (let x = Math.floor(middle - half); x <= middle + half; x++) {
      const across = (x - middle) / half;
      const density =
        0.4 *
        (1 - across * across) *
        (1 - share) ** 1.2 *
        smoothstep(-0.5, 0.6, fractal(x / 34, y / 26, 4, 38));
      const air = throughAir(
        weather,
        [0.9 * weather.horizon[0], 0.9 * weather.horizon[1], 0.9 * weather.horizon[2]],
        PLACE.x / PLACE.z,
        300,
        40,
      );
      plot(canvas, x, y, PLACE.z - 7, mixColour(pixelAt(canvas, x, y), air, density));
    }
  }
}
