/**
 * The space suit as a distance field, and what its parts are made of. Units: the helmet has a radius of about 1; y up,
 * z to the viewer.
 */
import { type Colour, fractal, mix, noise, smoothstep } from './noise.ts';

export type Vector = readonly [x: number, y: number, z: number];

export interface Material {
  readonly colour: Colour;
  /** Strength and sharpness of the highlight. */
  readonly shine: number;
  readonly gloss: number;
  /** Share of the light that is a mirror image, tinted. */
  readonly mirror: number;
  readonly tint: Colour;
  /** Unevenness of cloth. */
  readonly weave: number;
  readonly glows?: Colour;
}

const CLOTH: Material = {
  colour: [0.5, 0.49, 0.475],
  shine: 0.04,
  gloss: 12,
  mirror: 0,
  tint: [1, 1, 1],
  weave: 0.3,
};
const SHELL: Material = {
  colour: [0.6, 0.6, 0.6],
  shine: 0.55,
  gloss: 60,
  mirror: 0.05,
  tint: [1, 1, 1],
  weave: 0.02,
};
const METAL: Material = {
  colour: [0.3, 0.31, 0.34],
  shine: 0.9,
  gloss: 40,
  mirror: 0.35,
  tint: [0.8, 0.82, 0.9],
  weave: 0.04,
};
const RUBBER: Material = {
  colour: [0.05, 0.05, 0.055],
  shine: 0.2,
  gloss: 20,
  mirror: 0,
  tint: [1, 1, 1],
  weave: 0.06,
};
const VISOR: Material = {
  colour: [0.1, 0.06, 0.02],
  shine: 1.3,
  gloss: 420,
  mirror: 1,
  tint: [1.05, 0.8, 0.46],
  weave: 0,
};
const ACCENT: Colour = [0.62, 0.1, 0.035];
const NAVY: Colour = [0.05, 0.09, 0.22];

const turned = ([x, y, z]: Vector, yaw: number, pitch: number): Vector => {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  const x1 = cy * x - sy * z;
  const z1 = sy * x + cy * z;
  return [x1, cp * y - sp * z1, sp * y + cp * z1];
};

/** The head looks a little past the viewer. */
const inHelmet = (point: Vector): Vector => turned(point, 0.3, -0.05);
const inBody = (point: Vector): Vector => turned(point, -0.16, 0);

const sphere = ([x, y, z]: Vector, [cx, cy, cz]: Vector, radius: number): number =>
  Math.hypot(x - cx, y - cy, z - cz) - radius;

const ellipsoid = ([x, y, z]: Vector, [cx, cy, cz]: Vector, [rx, ry, rz]: Vector): number => {
  const [px, py, pz] = [(x - cx) / rx, (y - cy) / ry, (z - cz) / rz];
  const near = Math.hypot(px, py, pz);
  const slope = Math.hypot(px / rx, py / ry, pz / rz);
  return slope === 0 ? -Math.min(rx, ry, rz) : (near * (near - 1)) / slope;
};

const roundBox = ([x, y, z]: Vector, [cx, cy, cz]: Vector, [hx, hy, hz]: Vector, round: number): number => {
  const [dx, dy, dz] = [
    Math.abs(x - cx) - hx + round,
    Math.abs(y - cy) - hy + round,
    Math.abs(z - cz) - hz + round,
  ];
  return (
    Math.hypot(Math.max(dx, 0), Math.max(dy, 0), Math.max(dz, 0)) + Math.min(0, Math.max(dx, dy, dz)) - round
  );
};

/** @returns Distance, and how far along the axis from 0 to 1. */
const capsule = (
  [x, y, z]: Vector,
  a: Vector,
  b: Vector,
  radius: number,
): readonly [distance: number, share: number] => {
  const [bx, by, bz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [px, py, pz] = [x - a[0], y - a[1], z - a[2]];
  const share = Math.min(1, Math.max(0, (px * bx + py * by + pz * bz) / (bx * bx + by * by + bz * bz)));
  return [Math.hypot(px - bx * share, py - by * share, pz - bz * share) - radius, share];
};

const ring = ([x, y, z]: Vector, height: number, radius: number, thickness: number): number =>
  Math.hypot(Math.hypot(x, z) - radius, (y - height) * 0.8) - thickness;

/** A union without a crease. */
const melt = (a: number, b: number, width: number): number => {
  const share = Math.min(1, Math.max(0, 0.5 + (0.5 * (b - a)) / width));
  return mix(b, a, share) - width * share * (1 - share);
};

/** Where the shell is cut open for the visor: below 0 inside. */
const opening = ([x, y, z]: Vector): number => (z < 0 ? 1 : Math.hypot(x / 0.8, (y + 0.02) / 0.62) - 1);

const shellDistance = (p: Vector): number => {
  const edge = opening(p) * 0.6;
  return Math.max(sphere(p, [0, 0, 0], 1.08), -edge);
};
const rimDistance = (p: Vector): number => Math.hypot(opening(p) * 0.62, sphere(p, [0, 0, 0], 1.07)) - 0.045;
const visorDistance = (p: Vector): number => ellipsoid(p, [0, -0.01, 0.02], [1.01, 0.97, 1.03]);
const earDistance = ([x, y, z]: Vector): number =>
  Math.min(
    roundBox([Math.abs(x), Math.hypot(y + 0.02, z + 0.02), 0], [1.06, 0, 0], [0.11, 0.34, 1], 0.05),
    roundBox([Math.abs(x), Math.hypot(y + 0.02, z + 0.02), 0], [1.16, 0, 0], [0.07, 0.2, 1], 0.04),
  );

function helmetDistance(point: Vector): number {
  const p = inHelmet(point);
  return Math.min(shellDistance(p), rimDistance(p), visorDistance(p), earDistance(p));
}

const PACK: Vector = [0.02, -2.42, 0.86];
const neckDistance = (p: Vector): number => Math.min(ring(p, -1.06, 0.74, 0.12), ring(p, -1.22, 0.84, 0.09));
const knobDistance = ([x, y, z]: Vector, middle: number): number =>
  roundBox([Math.hypot(x - middle, y + 2.34), z, 0], [0, 1.03, 0], [0.09, 0.06, 1], 0.02);
const packDistance = (p: Vector): number =>
  Math.min(
    roundBox(p, PACK, [0.56, 0.4, 0.17], 0.06),
    roundBox(p, [0.02, -2.3, 1.02], [0.22, 0.13, 0.05], 0.02),
    knobDistance(p, -0.36),
    knobDistance(p, 0.4),
  );

const hoseDistance = (p: Vector): number => {
  const [left] = capsule(p, [-0.42, -2.12, 0.86], [-0.74, -1.5, 0.62], 0.075);
  const [right] = capsule(p, [0.46, -2.12, 0.86], [0.74, -1.5, 0.6], 0.075);
  return Math.min(left, right) - 0.012 * Math.sin(95 * p[1]);
};

function clothDistance(p: Vector): number {
  let distance = ellipsoid(p, [0, -2.75, -0.05], [1.42, 1.75, 0.86]);
  for (const side of [-1, 1]) {
    const [arm, share] = capsule(p, [side * 1.34, -1.86, -0.1], [side * 1.92, -3.9, 0.12], 0.47);
    const folds =
      0.028 *
      Math.sin(30 * share + 2.2 * noise(p[0] * 2, p[2] * 2 + 4 * share, 880)) *
      smoothstep(0.1, 0.3, share);
    distance = melt(distance, sphere(p, [side * 1.26, -1.82, -0.1], 0.6), 0.25);
    distance = melt(distance, arm + folds, 0.16);
  }
  if (distance > 0.12) return distance;
  const wrinkles = 0.03 * fractal(p[0] * 2.1 + 0.6 * p[1], p[1] * 1.5 + p[2], 4, 890);
  const quilting =
    0.008 *
    (Math.abs(Math.sin(7 * (p[0] + 0.35 * p[1]))) ** 0.35 +
      Math.abs(Math.sin(7 * (p[0] - 0.35 * p[1]))) ** 0.35);
  return distance - wrinkles - quilting;
}

const backpackDistance = (p: Vector): number => roundBox(p, [0, -1.72, -1.02], [1.22, 1.42, 0.4], 0.22);

const bodyDistance = (point: Vector): number => {
  const p = inBody(point);
  const onChest = sphere(p, [0, -2.1, 0.8], 1.1);
  const chest = onChest > 0.25 ? onChest : Math.min(packDistance(p), hoseDistance(p));
  return Math.min(clothDistance(p), neckDistance(p), chest, backpackDistance(p));
};

/** Distance to the nearest part; a lower bound for far points, where only the parts' outlines are asked. */
export function suitDistance(point: Vector): number {
  const helmet = sphere(point, [0, 0, 0], 1.3);
  const body = point[1] + 0.75;
  if (body > 0.3) return helmet > 0.3 ? Math.min(helmet + 0.02, body) : Math.min(helmetDistance(point), body);
  return helmet > 0.3
    ? Math.min(helmet, bodyDistance(point))
    : Math.min(helmetDistance(point), bodyDistance(point));
}

export function materialAt(point: Vector, normal: Vector): Material {
  const head = inHelmet(point);
  const body = inBody(point);
  const parts: readonly (readonly [distance: number, material: () => Material])[] = [
    [visorDistance(head), () => VISOR],
    [rimDistance(head), () => METAL],
    [earDistance(head), () => earMaterial(head)],
    [shellDistance(head), () => shellMaterial(head)],
    [neckDistance(body), () => METAL],
    [hoseDistance(body), () => RUBBER],
    [packDistance(body), () => packMaterial(body)],
    [backpackDistance(body), () => SHELL],
    [clothDistance(body), () => clothMaterial(body, normal)],
  ];
  return parts.reduce((best, part) => (part[0] < best[0] ? part : best))[1]();
}

/** Scuffs, a seam, and a stripe over the crown. */
function shellMaterial([x, y, z]: Vector): Material {
  const stripe = Math.abs(x) < 0.13 && y > 0.45;
  const edge = Math.abs(Math.abs(x) - 0.155) < 0.012 && y > 0.45;
  const dirt =
    1 - 0.16 * smoothstep(0, 0.5, fractal(x * 3, y * 3 + z, 5, 900)) - 0.1 * smoothstep(-0.3, -0.9, y);
  const base: Colour = stripe ? ACCENT : edge ? NAVY : SHELL.colour;
  return { ...SHELL, colour: [base[0] * dirt, base[1] * dirt, base[2] * dirt] };
}

function earMaterial([x, y, z]: Vector): Material {
  if (Math.abs(x) > 1.2 && Math.hypot(y + 0.02, z + 0.02) < 0.06)
    return { ...METAL, glows: [0.25, 1.1, 1.5] };
  return Math.hypot(y + 0.02, z + 0.02) < 0.21 ? METAL : { ...SHELL, colour: [0.5, 0.5, 0.52] };
}

function packMaterial([x, y, z]: Vector): Material {
  const isScreen = z > 1.06 && Math.abs(x - 0.02) < 0.19 && Math.abs(y + 2.3) < 0.1;
  if (isScreen) {
    const bar = Math.floor((x + 0.17) * 26);
    const isLit = y + 2.39 < 0.16 * (0.35 + 0.6 * Math.abs(noise(bar * 0.7, 3, 910)));
    return { ...METAL, glows: isLit ? [0.2, 0.95, 0.8] : [0.01, 0.05, 0.06] };
  }
  if (z > 1.04 && Math.hypot(x - 0.4, y + 2.34) < 0.1) return { ...METAL, colour: ACCENT, mirror: 0.08 };
  const groove = Math.abs(Math.abs(y + 2.62) - 0.05) < 0.012 ? 0.4 : 1;
  return { ...SHELL, colour: [0.46 * groove, 0.47 * groove, 0.5 * groove] };
}

/** White cloth with bands on the arms, a badge on the chest, and the dust of the plain. */
function clothMaterial([x, y, z]: Vector, normal: Vector): Material {
  const arm = smoothstep(1.15, 1.3, Math.abs(x));
  const isBand = arm > 0.5 && Math.abs(y + 2.62 + 0.12 * Math.abs(x)) < 0.1;
  const isThinBand = arm > 0.5 && Math.abs(y + 2.82 + 0.12 * Math.abs(x)) < 0.03;
  const badge = Math.hypot(x - 0.86, y + 2.05);
  const dust = smoothstep(0.1, 0.7, fractal(x * 2, y * 2 + z, 5, 920)) * 0.35 + 0.25 * smoothstep(-2, -4, y);
  let colour: Colour = isBand ? ACCENT : isThinBand ? NAVY : CLOTH.colour;
  if (badge < 0.21 && z > 0.2) colour = badge > 0.175 ? [0.6, 0.42, 0.12] : badgeColour(x - 0.86, y + 2.05);
  const seam =
    1 - 0.35 * smoothstep(0.02, 0.006, Math.abs(Math.abs(x) - 1.06)) * smoothstep(0, 0.3, normal[2]);
  return {
    ...CLOTH,
    colour: [
      mix(colour[0], 0.42, 0.6 * dust) * seam,
      mix(colour[1], 0.27, 0.6 * dust) * seam,
      mix(colour[2], 0.17, 0.6 * dust) * seam,
    ],
  };
}

/** A mountain, a star over it, and a curved horizon. */
function badgeColour(x: number, y: number): Colour {
  if (Math.hypot(x - 0.06, y - 0.085) < 0.022) return [0.9, 0.8, 0.4];
  if (y < 0.07 - 1.25 * Math.abs(x + 0.03) && y > -0.09)
    return y > -0.01 ? [0.75, 0.77, 0.8] : [0.4, 0.16, 0.07];
  return y < -0.09 - 0.6 * x * x ? ACCENT : NAVY;
}
