/**
 * Rays of light: what is bright in the picture, smeared away from where the light comes from, so that whatever stands
 * before it cuts shadows into the rays. They waver slowly, and their strength breathes.
 */

import type { Veil } from '../raster/veil.ts';
import { percentile } from '../scene/percentile.ts';
import type { Grid } from '../scene/scene.ts';
import { emptyGrid } from '../scene/work-grid.ts';
import { cosineOfTurns } from '../sound/elementary-functions.ts';
import { within } from '../sound/random-stream.ts';
import type { EffectSetting, Moment } from './effect.ts';
import { findLight, type LightSource } from './light-source.ts';
import type { Point } from './projection.ts';
import { sampleGrid } from './sample-grid.ts';
import { remoteness } from './strata.ts';
import { TileableNoise } from './tileable-noise.ts';

/** Opacity of the brightest ray at strength 1. */
const BRIGHTNESS = 0.55;
/** The dark has less in the air that could shine. */
const NIGHT_SHARE = 0.6;
const RAY_LUMA = 232;
const BREATH = 0.1;
const BREATH_SECONDS = 5;
/** The rest of a bright picture steps back by this share, or there would be nothing for rays to outshine. */
const DIMMING = 0.22;
/** Single rays over a radian. */
const RAYS_PER_RADIAN = 7;
const WAVER_HERTZ = 0.12;
/** Nearer to the light than this share of the longer side, single rays drown in it. */
const GLARE = 0.14;
/** Share of a ray that is seen before the nearest things. */
const NEARBY = 0.4;

/** Share of a ray that shadows leave, and where rays have lost half their light, as a share of the diagonal. */
const UNSHADED = 0.4;
const REACH = 0.55;

/** Three passes of eight taps reach as far as one of 512, each eight times as far as the one before. */
const TAPS = 8;
const REACHES = [0.9 / 64, 0.9 / 8, 0.9];
const DECAY_PER_TAP = 0.95;

export class LightRays {
  readonly #setting: EffectSetting;
  readonly #light: LightSource;
  /** Brightness of the rays over the picture, 0..1. */
  readonly #rays: Grid;
  readonly #gaps: TileableNoise;
  readonly #brightness: number;
  readonly #dimming: number;

  constructor(setting: EffectSetting) {
    const { air, streams } = setting;
    const random = within(streams, 'rays');
    this.#setting = setting;
    this.#light = findLight(air, setting.scene, random('side').unit() < 0.5 ? -1 : 1);
    this.#rays = castRays(this.#light, setting);
    this.#gaps = new TileableNoise(random('gaps'));
    const night = Math.max(0, 1 - air.ambientLuma / 160);
    this.#brightness = Math.min(0.8, BRIGHTNESS * setting.strength) * (1 - NIGHT_SHARE * night);
    this.#dimming = DIMMING * Math.max(0, Math.min(1, (air.meanLuma - 90) / 80));
  }

  veil({ outlook, seconds, slowLevel }: Moment, veil: Veil): void {
    const { blue, red } = this.#light;
    const breath = 1 - BREATH * (0.5 - 0.5 * cosineOfTurns(seconds / BREATH_SECONDS));
    const brightness = slowLevel * breath * this.#brightness;
    for (let node = 0; node < outlook.depth.length; node += 1) {
      const point = { x: outlook.sourceX[node]!, y: outlook.sourceY[node]! };
      const ray = sampleGrid(this.#rays, point.x, point.y) * this.#gapAt(point, seconds);
      const shine = sampleGrid(this.#light.shine, point.x, point.y);
      veil.light(node, 1 - slowLevel * this.#dimming * (1 - Math.max(ray, shine)), 0);
      veil.cover(node, brightness * ray, RAY_LUMA, blue, red);
    }
  }

  /** 0.25..1: how much of the ray through a point gets past what is out of sight. */
  #gapAt({ x, y }: Point, seconds: number): number {
    const { size } = this.#setting;
    const across = (x - this.#light.position.x) * size.width;
    const down = (y - this.#light.position.y) * size.height;
    const distance = Math.max(1, Math.sqrt(across * across + down * down));
    const perPx = RAYS_PER_RADIAN / distance;
    // Noise along a circle has the direction's period without asking for an angle.
    const open = this.#gaps.at(across * perPx, down * perPx + WAVER_HERTZ * seconds);
    const shade = 0.75 * Math.min(1, Math.max(0, 1.45 - 1.9 * open));
    return 1 - shade * Math.min(1, distance / (GLARE * Math.max(size.width, size.height)));
  }
}

/** The rays that reach each point of the picture, were there no gaps: 1 for the brightest twentieth. */
function castRays(light: LightSource, { scene, size }: EffectSetting): Grid {
  const lit = smear(light);
  const remotenessOf = remoteness(scene);
  const diagonal = Math.sqrt(size.width * size.width + size.height * size.height);
  const rays = emptyGrid(lit);
  for (let cell = 0; cell < rays.data.length; cell += 1) {
    const x = ((cell % rays.width) + 0.5) / rays.width;
    const y = (Math.floor(cell / rays.width) + 0.5) / rays.height;
    const across = ((x - light.position.x) * size.width) / diagonal;
    const down = ((y - light.position.y) * size.height) / diagonal;
    const reach = 1 / (1 + (across * across + down * down) / (REACH * REACH));
    const before = NEARBY + (1 - NEARBY) * remotenessOf(sampleGrid(scene.depth, x, y));
    rays.data[cell] = reach * before * (UNSHADED + (1 - UNSHADED) * lit.data[cell]!);
  }
  const brightest = percentile(rays.data, 0.95);
  return { ...rays, data: rays.data.map((value) => Math.min(1, value / brightest)) };
}

/** Each point gathers the shine on its way to the light; the root lets rays reach farther than light would. */
function smear({ shine, position }: LightSource): Grid {
  let rays = shine;
  for (const reach of REACHES) {
    const next = emptyGrid(shine);
    for (let cell = 0; cell < next.data.length; cell += 1) {
      const x = ((cell % next.width) + 0.5) / next.width;
      const y = (Math.floor(cell / next.width) + 0.5) / next.height;
      let [sum, weights, weight] = [0, 0, 1];
      for (let tap = 0; tap < TAPS; tap += 1) {
        const way = (reach * tap) / TAPS;
        sum += weight * sampleGrid(rays, x + (position.x - x) * way, y + (position.y - y) * way);
        weights += weight;
        weight *= DECAY_PER_TAP;
      }
      next.data[cell] = sum / weights;
    }
    rays = next;
  }
  const brightest = rays.data.reduce((most, value) => Math.max(most, value), 1e-6);
  return { ...rays, data: rays.data.map((value) => Math.sqrt(value / brightest)) };
}
