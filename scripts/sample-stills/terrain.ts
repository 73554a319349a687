/** The shape of the land around the lake. Metres; x to the right, z away from the camera, heights above the water. */
import { eroded, fractal, lattice, mix, noise, smoothstep } from './noise.ts';

const bump = (value: number, centre: number, width: number): number =>
  Math.exp(-(((value - centre) / width) ** 2));

const FAR_SHORE = 560;

/** Distance to the shore, positive on land. */
function shoreDistance(x: number, z: number): number {
  const middle = 20 * Math.sin(0.008 * z + 0.6);
  const left = 52 + 0.2 * z - 46 * bump(z, 118, 26) - 60 * bump(z, 330, 40);
  const right = 60 + 0.22 * z - 88 * bump(z, 232, 34);
  const ragged = 7 * fractal(x / 30, z / 30, 4, 40) + 1.5 * noise(x / 4, z / 4, 47);
  return Math.max(middle - left - x, x - middle - right, z - FAR_SHORE) + ragged;
}

/** Height of the bare ground; below 0 is lake. */
export function groundHeight(x: number, z: number): number {
  const shore = shoreDistance(x, z);
  if (shore < -12) return shore * 0.1;
  const bank = shore < 0 ? shore * 0.15 : 1.6 * (1 - Math.exp(-shore / 7)) + 0.035 * shore;
  const inland = smoothstep(20, 500, shore);
  const hills = inland * (28 + 46 * fractal(x / 260, z / 260, 6, 60));
  return bank + hills + mountainHeight(x, z);
}

/** Ranges begin behind the far shore; a valley runs between them towards a single high peak. */
function mountainHeight(x: number, z: number): number {
  const near = smoothstep(650, 2300, z);
  if (near === 0) return 0;
  const valley = smoothstep(0, 1500, Math.abs(x - 0.06 * z + 60) - 120);
  const ranges = near * (0.16 + 0.84 * valley) * 1350 * eroded(x / 1900 + 3.1, z / 1900 + 0.7, 10, 80) ** 1.5;
  const peak =
    bump(x, 470, 900) * bump(z, 5600, 1500) * 1150 * (0.55 + 0.75 * eroded(x / 1300 + 8, z / 1300, 10, 95));
  return ranges + peak;
}

const TREE_CELL = 5.5;

export interface Canopy {
  /** Height of the trees above the ground, 0 between them. */
  readonly height: number;
  /** Across the tree from -1 to 1, for light and shade. */
  readonly side: number;
  /** Number of the tree, for its colour. */
  readonly tint: number;
}

const NO_CANOPY: Canopy = { height: 0, side: 0, tint: 0 };

/** 0..1: forests thin out towards the water and the heights. */
export function forestDensity(x: number, z: number, ground: number): number {
  if (ground < 1) return 0;
  const glades = smoothstep(-0.35, 0.15, fractal(x / 120, z / 120, 4, 20));
  return (
    glades * smoothstep(520, 240, ground + 90 * fractal(x / 200, z / 200, 4, 25)) * smoothstep(1, 2.2, ground)
  );
}

/** Conifers as cones on a jittered lattice, seen from afar. */
export function canopyAt(x: number, z: number, ground: number): Canopy {
  const density = forestDensity(x, z, ground);
  if (density === 0) return NO_CANOPY;
  const [cellX, cellZ] = [Math.floor(x / TREE_CELL), Math.floor(z / TREE_CELL)];
  let best = NO_CANOPY;
  for (let dz = -1; dz <= 1; dz++) {
    for (let dx = -1; dx <= 1; dx++) {
      const [cx, cz] = [cellX + dx, cellZ + dz];
      if (lattice(cx, cz, 1) > density) continue;
      const treeX = (cx + lattice(cx, cz, 2)) * TREE_CELL;
      const treeZ = (cz + lattice(cx, cz, 3)) * TREE_CELL;
      const tall = mix(8, 19, lattice(cx, cz, 4));
      const radius = 0.2 * tall;
      const away = Math.hypot(x - treeX, z - treeZ) / radius;
      const height = tall * (1 - away);
      if (height > best.height) best = { height, side: (x - treeX) / radius, tint: lattice(cx, cz, 5) };
    }
  }
  return best;
}
