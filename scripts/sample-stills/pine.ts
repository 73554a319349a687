/** The pine that frames the lake on the right: a trunk beyond the top of the picture, and boughs of needles. */
import { type Canvas, plot, SUPERSAMPLING, stroke } from './canvas.ts';
import { type Colour, fractal, lattice, mix, mixColour, noise } from './noise.ts';
import { lightOn, type Weather } from './weather.ts';

const BARK: Colour = [0.13, 0.075, 0.05];
const BARK_DARK: Colour = [0.03, 0.02, 0.017];
const NEEDLES: Colour = [0.02, 0.045, 0.018];
const NEEDLES_LIT: Colour = [0.13, 0.16, 0.035];

/** Positions in pixels of the final picture. */
export const PINE_FOOT = { x: 1452, y: 838 } as const;
const trunkX = (y: number): number => PINE_FOOT.x + 0.028 * (PINE_FOOT.y - y) + 6 * Math.sin(y / 140);
const trunkHalf = (y: number): number => mix(13, 25, y / PINE_FOOT.y) + 16 * Math.max(0, (y - 770) / 70) ** 2;

export function drawPine(picture: Canvas, weather: Weather): void {
  for (let bough = 0; bough < 26; bough += 2) drawBough(picture, weather, bough);
  drawTrunk(picture, weather);
  for (let bough = 1; bough < 26; bough += 2) drawBough(picture, weather, bough);
}

function drawTrunk(picture: Canvas, weather: Weather): void {
  const s = SUPERSAMPLING;
  for (let y = 0; y < PINE_FOOT.y * s; y++) {
    const middle = trunkX(y / s) * s;
    const half = trunkHalf(y / s) * s + 2 * noise(y / 30, 1, 90);
    for (let x = Math.round(middle - half); x <= middle + half; x++) {
      const side = (x - middle) / half;
      const round = Math.sqrt(Math.max(0, 1 - side * side));
      const plates = fractal(side * 3.2 + 0.4 * noise(y / 60, side * 2, 91), y / 70, 5, 92);
      const colour = mixColour(BARK_DARK, BARK, 0.55 + 1.1 * plates);
      const direct =
        Math.max(0, 0.85 * side * Math.sign(weather.sun[0]) + 0.25 * round) * (0.75 + 0.5 * plates);
      plot(picture, x, y, 3, lightOn(colour, weather, direct, 0.35 + 0.4 * round));
    }
  }
}

/** A branch that leaves the trunk, droops and ends in sprays of needles; longer the lower it sits. */
function drawBough(picture: Canvas, weather: Weather, bough: number): void {
  const s = SUPERSAMPLING;
  const startY = -60 + 21 * bough + 24 * lattice(bough, 0, 93);
  if (startY > 520) return;
  const side = bough % 2 === 0 ? -1 : lattice(bough, 1, 93) < 0.6 ? 1 : -1;
  const length = mix(110, 245, lattice(bough, 2, 93)) * (0.75 + startY / 1100);
  const droop = mix(0.05, 0.34, lattice(bough, 3, 93));
  const at = (share: number): readonly [number, number] => [
    trunkX(startY) + side * length * share,
    startY - 26 * share + droop * length * share * share + 7 * noise(share * 5, bough, 94),
  ];
  const parts = 14;
  for (let part = 0; part < parts; part++) {
    const [x0, y0] = at(part / parts);
    const [x1, y1] = at((part + 1) / parts);
    const wide = s * mix(7, 1.4, part / parts);
    stroke(picture, [x0 * s, y0 * s], [x1 * s, y1 * s], [wide, wide * 0.85], 2.9, (_along, across) =>
      lightOn(BARK, weather, Math.max(0, -0.4 * across) + 0.05, 0.5),
    );
  }
  for (let twig = 0; twig < 46; twig++) {
    const share = 0.16 + 0.84 * lattice(twig, bough, 95) ** 0.8;
    drawSpray(picture, weather, at(share), side, bough * 100 + twig, 0.7 + 0.5 * (1 - share));
  }
}

/** A tuft of needles fanning out from a twig. */
function drawSpray(
  picture: Canvas,
  weather: Weather,
  [x, y]: readonly [number, number],
  side: number,
  stream: number,
  size: number,
): void {
  const s = SUPERSAMPLING;
  const turn = (lattice(stream, 0, 96) - 0.5) * 2.4 + (side > 0 ? 0.15 : Math.PI - 0.15);
  const reach = mix(16, 34, lattice(stream, 1, 96)) * size;
  const tip: readonly [number, number] = [x + Math.cos(turn) * reach, y + 0.75 * Math.sin(turn) * reach - 3];
  const brightness = lattice(stream, 2, 96);
  for (let needle = 0; needle < 26; needle++) {
    const share = lattice(stream, 10 + needle, 97);
    const angle = turn + (lattice(stream, 40 + needle, 97) - 0.5) * 2.2;
    const length = mix(7, 15, lattice(stream, 70 + needle, 97));
    const from: readonly [number, number] = [mix(x, tip[0], share), mix(y, tip[1], share)];
    const to: readonly [number, number] = [
      from[0] + Math.cos(angle) * length,
      from[1] + 0.8 * Math.sin(angle) * length,
    ];
    const sunward = 0.5 + 0.5 * Math.cos(angle) * Math.sign(weather.sun[0]) - 0.25 * Math.sin(angle);
    const direct = Math.max(0, sunward) * brightness * 0.9;
    const colour = mixColour(NEEDLES, NEEDLES_LIT, 0.15 + 0.75 * direct);
    stroke(picture, [from[0] * s, from[1] * s], [to[0] * s, to[1] * s], [1.6, 0.8], 2.8, () =>
      lightOn(colour, weather, direct, 0.4 + 0.5 * brightness),
    );
  }
}
