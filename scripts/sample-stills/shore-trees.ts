/** Conifers on the near shores, close enough to show their tiers of branches. */
import { type Canvas, plot } from './canvas.ts';
import type { View } from './lakeside.ts';
import { type Colour, fractal, lattice, mix, mixColour, smoothstep } from './noise.ts';
import { groundHeight } from './terrain.ts';
import { throughAir, type Weather } from './weather.ts';

const CELL = 4.6;
/** Beyond this the terrain's own cones do. */
export const TREE_RANGE = { nearest: 78, farthest: 430 } as const;

interface Conifer {
  readonly x: number;
  readonly z: number;
  readonly ground: number;
  readonly tall: number;
  readonly stream: number;
}

const NEEDLES: Colour = [0.022, 0.045, 0.022];
const NEEDLES_LIT: Colour = [0.085, 0.11, 0.03];

export function drawShoreTrees(canvas: Canvas, view: View, weather: Weather, isMirrored: boolean): void {
  for (let row = Math.floor(TREE_RANGE.farthest / CELL); row * CELL > TREE_RANGE.nearest; row--) {
    const reach = Math.ceil(0.7 * row) + 4;
    for (let column = -reach; column <= reach; column++) {
      const tree = treeAt(column, row);
      if (tree !== undefined) drawConifer(canvas, view, weather, tree, isMirrored);
    }
  }
}

/** Groves with glades between; the cabin's clearing stays open. */
function treeAt(column: number, row: number): Conifer | undefined {
  const x = (column + lattice(column, row, 11)) * CELL;
  const z = (row + lattice(column, row, 12)) * CELL;
  const ground = groundHeight(x, z);
  if (ground < 0.55) return undefined;
  if (Math.hypot((x + 27) / 13, (z - 110) / 10) < 1) return undefined;
  const grove = smoothstep(-0.22, 0.12, fractal(x / 38, z / 38, 3, 14));
  if (lattice(column, row, 13) > 0.12 + 0.8 * grove) return undefined;
  const tall = mix(5, 15.5, lattice(column, row, 15) ** 1.3) * (0.75 + 0.35 * grove);
  return { x, z, ground, tall, stream: column * 1013 + row };
}

function drawConifer(canvas: Canvas, view: View, weather: Weather, tree: Conifer, isMirrored: boolean): void {
  const scale = view.focal / tree.z;
  const across = tree.x / tree.z;
  const middle = view.centre + across * view.focal;
  const rowOf = (height: number) =>
    isMirrored ? view.horizon + (height + view.eye) * scale : view.horizon - (height - view.eye) * scale;
  const from = Math.floor(Math.min(rowOf(tree.ground), rowOf(tree.ground + tree.tall)));
  const to = Math.ceil(Math.max(rowOf(tree.ground), rowOf(tree.ground + tree.tall)));
  const tiers = Math.round(9 + tree.tall * 1.1);
  const radius = tree.tall * mix(0.15, 0.2, lattice(tree.stream, 1, 16)) * scale;
  for (let y = from; y <= to; y++) {
    const height = isMirrored ? (y - view.horizon) / scale - view.eye : (view.horizon - y) / scale + view.eye;
    const down = 1 - (height - tree.ground) / tree.tall;
    if (down < 0 || down > 1) continue;
    for (const side of [-1, 1]) {
      const reach = branchReach(tree, down, side, tiers) * radius;
      for (let x = 0; x <= reach; x++) {
        const edge = x / (reach + 1);
        const ragged = lattice(Math.round(middle) + side * x, y, tree.stream & 255);
        if (edge > 0.55 && ragged < (edge - 0.55) * 1.7) continue;
        const colour = needleColour(tree, down, side * edge, tiers, ragged, weather);
        plot(
          canvas,
          Math.round(middle + side * x),
          y,
          tree.z - 0.01 * (1 - edge),
          throughAir(weather, colour, across, tree.z, height),
        );
      }
    }
  }
}

/**
 * Share of the tree's radius that a tier reaches to at `down` (0 tip, 1 foot): narrow at its top, wide where its
 * branches hang.
 */
function branchReach(tree: Conifer, down: number, side: number, tiers: number): number {
  if (down > 0.95) return 0.07;
  const position = down ** 0.85 * tiers + 0.35 * side + lattice(tree.stream, side, 17);
  const tier = Math.floor(position);
  const hang = position - tier;
  const length = 0.68 + 0.5 * lattice(tier, tree.stream, 18 + side);
  return (0.03 + 0.97 * down ** 0.9) * length * (0.42 + 0.58 * hang ** 0.8);
}

function needleColour(
  tree: Conifer,
  down: number,
  side: number,
  tiers: number,
  ragged: number,
  weather: Weather,
): Colour {
  const hang = (down ** 0.85 * tiers) % 1;
  const sunSide = side * Math.sign(weather.sun[0]);
  const direct =
    smoothstep(-0.35, 0.95, sunSide) * (0.35 + 0.65 * (1 - hang)) * (0.7 + 0.6 * ragged) * (1 - 0.35 * down);
  const ambient = (0.45 + 0.4 * (1 - hang)) * (0.75 + 0.5 * ragged);
  const tint = lattice(tree.stream, 3, 19) ** 2;
  const base = mixColour(NEEDLES, NEEDLES_LIT, 0.25 * tint + 0.55 * direct);
  const shade = (channel: 0 | 1 | 2) =>
    base[channel] * (1.15 * weather.sunlight[channel] * direct + weather.skylight[channel] * ambient);
  return [shade(0), shade(1), shade(2)];
}
