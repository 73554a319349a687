/**
 * Where rain meets the ground: a flat ring of water that spreads and a few drops thrown up, each gone after four
 * frames.
 */
import type { I420Frame } from '../raster/picture.ts';
import { within } from '../sound/random-stream.ts';
import { designAreas, designScale, type EffectSetting, type Moment } from './effect.ts';
import { unitOfTurn } from './particle-hash.ts';
import { type Point, Projection } from './projection.ts';
import { sampleGrid } from './sample-grid.ts';
import { drawSprite, type Tint } from './sprite.ts';
import type { Space } from './strata.ts';

/** At any time, at strength 1 on 1280x720, were all of the picture ground. */
const SPLASHES = 260;
const LIFE_SECONDS = 0.17;
/** Of a splash at inverse depth 1, on 720 lines. */
const RING_PX = 12;
const LEAP_PX = 11;
const OPACITY = 0.65;

/** A point lies on the ground when its depth is the ground's in its row, give or take this. */
const TOLERANCE = 0.13;
const SURE_OF_GROUND = 0.4;
/** Farther splashes are too small to see. */
const FARTHEST = 0.2;

interface Spot {
  readonly key: number;
  readonly seconds: number;
  readonly phase: number;
}

export class Splashes {
  readonly #setting: EffectSetting;
  readonly #spots: readonly Spot[];
  readonly #tint: Tint;

  constructor(setting: EffectSetting, tint: Tint) {
    const { streams, strength, size, scene } = setting;
    const random = within(streams, 'rain')('splashes');
    const { ground, subject } = scene.confidence;
    const hasGround = ground >= SURE_OF_GROUND && ground > subject;
    this.#setting = setting;
    this.#tint = tint;
    this.#spots = Array.from(
      { length: hasGround ? Math.round(SPLASHES * strength * designAreas(size)) : 0 },
      () => ({
        key: random.index(2 ** 32) | 0,
        seconds: LIFE_SECONDS * random.between(0.8, 1.3),
        phase: random.unit(),
      }),
    );
  }

  paint(moment: Moment, frame: I420Frame): void {
    const { size, scene } = this.#setting;
    for (const { key, seconds, phase } of this.#spots) {
      const age = moment.seconds / seconds + phase;
      const turn = Math.floor(age);
      const x = unitOfTurn(key, 2 * turn);
      const y = scene.horizon + (1 - scene.horizon) * unitOfTurn(key, 2 * turn + 1);
      const depth = groundDepthAt(scene, x, y);
      if (depth < FARTHEST) continue;
      const projection = new Projection(size, moment.pose, depth);
      const point = projection.place({ x: (x - 0.5) * size.width, y: (y - 0.5) * size.height });
      this.#paintSplash(point, depth * projection.scale, age - turn, moment.swiftLevel, frame);
    }
  }

  /** `nearness` scales lengths; `age` goes from 0 to 1. */
  #paintSplash({ x, y }: Point, nearness: number, age: number, level: number, { y: plane }: I420Frame): void {
    const px = designScale(this.#setting.size) * nearness;
    const opacity = level * OPACITY * (1 - age) * Math.min(1, 0.4 + nearness);
    const ring = px * RING_PX * (0.25 + 0.75 * age);
    const flat = { alongX: 1, alongY: 0, core: 0.6 * ring, cap: Math.max(1, 0.4 * ring) };
    drawSprite(plane, this.#tint, {
      x,
      y,
      ...flat,
      radius: Math.max(1, 0.22 * ring),
      opacity: 0.7 * opacity,
    });
    const height = px * LEAP_PX * 4 * age * (1 - age);
    const drop = {
      alongX: 0,
      alongY: 1,
      core: 0,
      cap: Math.max(1, 1.6 * px),
      radius: Math.max(1, 1.3 * px),
      opacity,
    };
    drawSprite(plane, this.#tint, { x: x - 0.7 * ring, y: y - height, ...drop });
    drawSprite(plane, this.#tint, { x: x + 0.5 * ring, y: y - 0.8 * height, ...drop });
  }
}

/** The inverse depth of the ground at a point of the picture, shares 0..1; 0 where something stands on it. */
function groundDepthAt({ depth, horizon }: Space, x: number, y: number): number {
  const w = sampleGrid(depth, x, y);
  const ground = 0.06 + (0.94 * (y - horizon)) / (1 - horizon);
  return Math.abs(w - ground) < TOLERANCE ? w : 0;
}
