/**
 * A portrait of somebody in a space suit at sunset: a subject in focus before a soft background. The figure is a
 * distance field that rays are walked through; its visor mirrors the plain in front of it.
 */
import { type Canvas, createCanvas, plot } from './canvas.ts';
import { type Colour, fractal, lattice, mix, mixColour, noise, scaleColour, smoothstep } from './noise.ts';
import { materialAt, suitDistance, type Vector } from './space-suit.ts';

const WIDTH = 1080;
const HEIGHT = 1350;

const EYE: Vector = [0.06, -1.12, 7.4];
const FOCAL = 2.38;

const unit = ([x, y, z]: Vector): Vector => {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
};
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const along = (from: Vector, direction: Vector, distance: number): Vector => [
  from[0] + direction[0] * distance,
  from[1] + direction[1] * distance,
  from[2] + direction[2] * distance,
];

const SUN = unit([-0.72, 0.42, 0.62]);
const SUNLIGHT: Colour = [2.3, 1.45, 0.86];
const RIM = unit([0.85, 0.25, -0.55]);
const RIMLIGHT: Colour = [0.55, 0.75, 1.5];
const SKYLIGHT: Colour = [0.26, 0.25, 0.4];
const BOUNCE: Colour = [0.3, 0.14, 0.07];

export function drawExplorer(): Canvas {
  const picture = createCanvas(WIDTH, HEIGHT);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const u = (2 * x - picture.width) / picture.height;
      const v = (picture.height - 2 * y) / picture.height;
      const ray = unit([u, v, -FOCAL]);
      const hit = walk(EYE, ray);
      plot(
        picture,
        x,
        y,
        hit ?? 100,
        hit === undefined ? background(u, v) : surface(along(EYE, ray, hit), ray, x, y),
      );
    }
  }
  return picture;
}

/** Distance to the figure along a ray. */
function walk(from: Vector, ray: Vector): number | undefined {
  let distance = 4.6;
  for (let step = 0; step < 110 && distance < 10.5; step++) {
    const gap = suitDistance(along(from, ray, distance));
    if (gap < 0.0007 * distance) return distance;
    distance += 0.85 * gap;
  }
  return undefined;
}

function normalAt(point: Vector): Vector {
  const e = 0.0016;
  const [x, y, z] = point;
  return unit([
    suitDistance([x + e, y, z]) - suitDistance([x - e, y, z]),
    suitDistance([x, y + e, z]) - suitDistance([x, y - e, z]),
    suitDistance([x, y, z + e]) - suitDistance([x, y, z - e]),
  ]);
}

/** 0 in full shadow, 1 in the open; soft at the edge. */
function lightReaching(point: Vector, direction: Vector): number {
  let [light, distance] = [1, 0.06];
  for (let step = 0; step < 26 && distance < 4; step++) {
    const gap = suitDistance(along(point, direction, distance));
    light = Math.min(light, (9 * gap) / distance);
    if (light < 0.005) return 0;
    distance += Math.max(0.03, gap);
  }
  return Math.max(0, light);
}

/** Corners and folds see less of the sky. */
function openness(point: Vector, normal: Vector): number {
  let closed = 0;
  for (let step = 1; step <= 4; step++) {
    const reach = 0.09 * step;
    closed += (reach - suitDistance(along(point, normal, reach))) * 0.55 ** step;
  }
  return Math.min(1, Math.max(0, 1 - 3 * closed));
}

function surface(point: Vector, ray: Vector, x: number, y: number): Colour {
  const normal = normalAt(point);
  const material = materialAt(point, normal);
  const facing = Math.max(0, -dot(normal, ray));
  const fresnel = (1 - facing) ** 5;
  const mirrored = along(
    [0, 0, 0],
    [
      ray[0] - 2 * dot(ray, normal) * normal[0],
      ray[1] - 2 * dot(ray, normal) * normal[1],
      ray[2] - 2 * dot(ray, normal) * normal[2],
    ],
    1,
  );
  if (material.glows !== undefined) return material.glows;
  const open = openness(point, normal);
  const sun = Math.max(0, dot(normal, SUN)) * lightReaching(along(point, normal, 0.01), SUN);
  const rim = Math.max(0, dot(normal, RIM)) ** 1.5;
  const up = 0.5 + 0.5 * normal[1];
  const weave = material.weave * (lattice(x, y, 820) - 0.5);
  const shine = Math.max(0, dot(mirrored, SUN)) ** material.gloss * material.shine;
  const seen = material.mirror > 0 ? surroundings(mirrored) : SKYLIGHT;
  const shade = (channel: 0 | 1 | 2): number => {
    const light =
      SUNLIGHT[channel] * sun +
      RIMLIGHT[channel] * rim +
      open * (SKYLIGHT[channel] * up + BOUNCE[channel] * (1 - up));
    const matte = material.colour[channel] * (1 + weave) * light;
    const gleam = SUNLIGHT[channel] * shine * (0.2 + 0.8 * sun) + 0.35 * fresnel * open * RIMLIGHT[channel];
    return (
      mix(matte + gleam, seen[channel] * material.tint[channel], material.mirror * (0.72 + 0.28 * fresnel)) +
      material.mirror * gleam
    );
  };
  return [shade(0), shade(1), shade(2)];
}

/** What the visor sees: a plain of dunes under the evening sky, mountains at its end, the sun low on the left. */
function surroundings(direction: Vector): Colour {
  const [x, y, z] = direction;
  const azimuth = Math.atan2(x, z);
  const ridge =
    0.06 + 0.13 * Math.abs(fractal(azimuth * 2.2, 3, 5, 830)) + 0.05 * fractal(azimuth * 9, 1, 4, 836);
  const toSun = dot(direction, unit([-0.62, 0.13, 0.77]));
  if (y > ridge) {
    const low = Math.exp(-(y - 0.05) * 3.4);
    const sky = mixColour([0.05, 0.07, 0.24], [1.35, 0.55, 0.2], low);
    const sun = smoothstep(0.9962, 0.9975, toSun) * 9 + 1.6 * Math.max(0, toSun) ** 60;
    const cloud =
      smoothstep(0.05, 0.5, fractal(x / (y + 0.25), (2.2 * z) / (y + 0.25), 5, 840)) *
      smoothstep(0.1, 0.3, y);
    const lit = mixColour(sky, [1.2, 0.5, 0.34], 0.55 * cloud);
    return [lit[0] + sun, lit[1] + 0.75 * sun, lit[2] + 0.4 * sun];
  }
  if (y > 0) return mixColour([0.16, 0.07, 0.09], [0.75, 0.28, 0.14], 0.6 * Math.max(0, toSun) ** 6 + 0.15);
  const far = 1 / Math.max(0.02, -y);
  const dunes =
    0.5 +
    0.5 * Math.sin(1.6 * x * far + 2.4 * z * far + 2.6 * fractal(x * far * 0.35, z * far * 0.35, 4, 850));
  const sand = mixColour([0.16, 0.06, 0.035], [0.85, 0.36, 0.15], 0.25 + 0.6 * dunes ** 2);
  return mixColour(sand, [0.9, 0.4, 0.2], Math.exp(-8 * -y));
}

/** Far out of focus: the glow after sunset, soft hills, and lights of a settlement as discs. */
function background(u: number, v: number): Colour {
  const height = v + 0.34;
  const glow = Math.exp(-((u + 0.35) ** 2) * 1.3 - Math.max(0, height) * 2.1);
  let colour = mixColour([0.035, 0.045, 0.13], [0.24, 0.13, 0.24], Math.exp(-Math.max(0, height) * 1.5));
  colour = [colour[0] + 1.15 * glow, colour[1] + 0.42 * glow, colour[2] + 0.16 * glow];
  for (const [level, shade, roughness] of [
    [0.16, 0.62, 0.24],
    [-0.06, 0.34, 0.2],
    [-0.34, 0.17, 0.14],
  ] as const) {
    const hills =
      level + roughness * noise(u * 1.5 + 10 * level, 5 * level, 860) + 0.05 * noise(u * 4, 9 * level, 861);
    const under = smoothstep(0.05, -0.05, height - hills);
    colour = mixColour(
      colour,
      scaleColour(mixColour([0.2, 0.12, 0.22], [0.95, 0.36, 0.17], glow), shade),
      0.85 * under,
    );
  }
  for (let lamp = 0; lamp < 34; lamp++) colour = withLamp(colour, u, v, lamp);
  return colour;
}

function withLamp(colour: Colour, u: number, v: number, lamp: number): Colour {
  const side = lamp % 2 === 0 ? -1 : 1;
  const x = side * mix(0.28, 0.86, lattice(lamp, 0, 870));
  const y = -0.62 + 0.42 * lattice(lamp, 1, 870) ** 1.4;
  const radius = mix(0.018, 0.05, lattice(lamp, 2, 870));
  const away = Math.hypot(u - x, v - y) / radius;
  if (away > 1.15) return colour;
  const disc = smoothstep(1.12, 0.86, away) * (0.75 + 0.35 * smoothstep(0.5, 0.95, away));
  const warm = lattice(lamp, 3, 870);
  const light: Colour = warm < 0.7 ? [1, 0.56, 0.24] : [0.45, 0.7, 1];
  const strength = disc * mix(0.12, 0.5, lattice(lamp, 4, 870));
  return [colour[0] + strength * light[0], colour[1] + strength * light[1], colour[2] + strength * light[2]];
}
