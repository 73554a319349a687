/** What is close to the eye: a jetty on the left, a grassy bank with a pine on the right, reeds along the bottom. */
import { type Canvas, plot, SUPERSAMPLING, stroke } from './canvas.ts';
import { drawJetty, drawLantern } from './jetty.ts';
import type { View } from './lakeside.ts';
import { type Colour, fractal, lattice, mix, mixColour, smoothstep } from './noise.ts';
import { drawPine, PINE_FOOT } from './pine.ts';
import { lightOn, type Weather } from './weather.ts';

export function drawForeground(picture: Canvas, view: View, weather: Weather): void {
  drawJetty(picture, view, weather);
  drawLantern(picture, view, weather, false);
  drawBank(picture, weather);
  drawPine(picture, weather);
  // Grass before the foot of the pine.
  for (let blade = 0; blade < 260; blade++) {
    const x = PINE_FOOT.x + 130 * (lattice(blade, 0, 74) - 0.5);
    drawBlade(
      picture,
      weather,
      x,
      PINE_FOOT.y + 4 + 34 * lattice(blade, 1, 74),
      mix(18, 40, lattice(blade, 2, 74)),
      9000 + blade,
    );
  }
  drawReeds(picture, weather);
}

/** Upper edge of the bank as a row, for a column of the final picture. */
const bankRow = (x: number): number =>
  900 -
  118 * smoothstep(1090, 1520, x) -
  30 * smoothstep(1000, 1200, x) * (1 + fractal(x / 90, 0, 3, 70)) +
  60 * smoothstep(1100, 1000, x);

function drawBank(picture: Canvas, weather: Weather): void {
  const s = SUPERSAMPLING;
  for (let x = 1000 * s; x < picture.width; x++) {
    for (let y = Math.floor(bankRow(x / s) * s); y < picture.height; y++) {
      const tone = 0.7 + 0.5 * fractal(x / 20, y / 12, 4, 71);
      plot(picture, x, y, 3.5, lightOn([0.035 * tone, 0.045 * tone, 0.014 * tone], weather, 0.2, 0.8));
    }
  }
  for (let blade = 0; blade < 2600; blade++) {
    const x = 1005 + 610 * lattice(blade, 0, 72);
    const row = mix(bankRow(x) - 2, 915, lattice(blade, 1, 72) ** 1.2);
    if (row < 915)
      drawBlade(picture, weather, x, row, mix(14, 46, lattice(blade, 2, 72)) * (0.5 + row / 1500), blade);
  }
}

const GRASS: Colour = [0.07, 0.1, 0.025];
const STRAW: Colour = [0.24, 0.19, 0.07];

/** One leaf of grass, bent by its own weight; positions in pixels of the final picture. */
function drawBlade(
  picture: Canvas,
  weather: Weather,
  x: number,
  y: number,
  tall: number,
  stream: number,
): void {
  const s = SUPERSAMPLING;
  const lean = (lattice(stream, 5, 73) - 0.45) * 0.9;
  const tint = lattice(stream, 6, 73);
  const base = mixColour(GRASS, STRAW, tint ** 3);
  const parts = 7;
  for (let part = 0; part < parts; part++) {
    const at = (share: number): readonly [number, number] => [
      (x + lean * tall * share * share) * s,
      (y - tall * share * (1 - 0.25 * Math.abs(lean) * share)) * s,
    ];
    const height = (part + 0.5) / parts;
    const wide = s * mix(2.4, 0.5, part / parts) * (0.7 + 0.5 * tint);
    stroke(picture, at(part / parts), at((part + 1) / parts), [wide, wide * 0.85], 2.7, () =>
      lightOn(base, weather, 0.12 + 0.75 * height * height, 0.35 + 0.6 * height),
    );
  }
}

/** Clumps of reeds in the left corner and before the bank. */
function drawReeds(picture: Canvas, weather: Weather): void {
  for (let reed = 0; reed < 150; reed++) {
    const isLeft = reed % 3 !== 0;
    const spread = lattice(reed, 0, 80) ** 1.6;
    const x = isLeft ? -10 + 175 * spread : 1010 + 150 * lattice(reed, 1, 80);
    const tall = (isLeft ? mix(210, 90, spread) : 100) * mix(0.6, 1.15, lattice(reed, 2, 80));
    drawBlade(picture, weather, x, 906, tall, 5000 + reed);
    if (lattice(reed, 3, 80) < 0.16) drawCattail(picture, weather, x, tall * 1.12, 5000 + reed);
  }
}

function drawCattail(picture: Canvas, weather: Weather, x: number, tall: number, stream: number): void {
  const s = SUPERSAMPLING;
  const lean = (lattice(stream, 5, 73) - 0.45) * 0.25;
  const at = (share: number): readonly [number, number] => [
    (x + lean * tall * share) * s,
    (906 - tall * share) * s,
  ];
  const stem = () => lightOn(GRASS, weather, 0.3, 0.7);
  const head = (_along: number, across: number) =>
    lightOn([0.09, 0.045, 0.02], weather, Math.max(0, 0.3 + 0.6 * across * Math.sign(weather.sun[0])), 0.7);
  stroke(picture, at(0), at(1), [2.2 * s, 1.2 * s], 3.1, stem);
  stroke(picture, at(0.8), at(0.94), [6 * s, 5.4 * s], 3.05, head);
}
