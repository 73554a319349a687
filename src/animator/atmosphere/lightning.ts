/**
 * Lightning: for two frames the picture is up to 60 % brighter and colder, then the light dies away over five. The
 * sky and far things take most of it, and where there is sky enough a bolt is seen in it. A second, weaker flash often follows,
 * as strokes do that use the same channel.
 */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { LightningEvent } from '../director/plan.ts';
import type { I420Frame, RgbaImage } from '../raster/picture.ts';
import type { Veil } from '../raster/veil.ts';
import type { Grid } from '../scene/scene.ts';
import { readAir } from './air.ts';
import { type Bolt, createBolts } from './bolt.ts';
import type { Outlook } from './outlook.ts';
import { sampleGrid } from './sample-grid.ts';
import { shareSkyLight } from './sky-light.ts';
import type { Space } from './strata.ts';

const GAIN = 0.6;
/** Levels that the sky of a dark picture gains on top: a factor alone would leave the night as it is. */
const SKY_LIGHT = 46;
const FULL_FRAMES = 2;
const DECAY_FRAMES = 5;
const COLD_BLUE = 5;
/** With a bolt to be seen, far from it a scene takes this much of the light, and beside it so much more than without. */
const FAR_SHARE = 0.75;
const BESIDE = 0.5;

/** Strokes follow each other within three to five frames; fewer than three flashes in any second. */
const SECOND_STROKE = { odds: 0.6, firstFrame: 4, strength: 0.55 };

/** A flash while it is seen. */
export interface Flash {
  /** Which of the clip's. */
  readonly index: number;
  /** 0..1. */
  readonly level: number;
}

/** The brightest flash of a frame; undefined where none is seen. */
export function flashAt(
  flashes: readonly LightningEvent[],
  frameIndex: number,
  seed: number,
): Flash | undefined {
  let brightest: Flash | undefined;
  for (const [index, { timeSeconds, strength }] of flashes.entries()) {
    const age = frameIndex - Math.round(timeSeconds * FRAME_RATE);
    const hasSecond = seededUnit(seed, 'second stroke', index) < SECOND_STROKE.odds;
    const second = hasSecond ? SECOND_STROKE.strength * strokeLevel(age - SECOND_STROKE.firstFrame) : 0;
    const level = strength * Math.max(strokeLevel(age), second);
    if (level > (brightest?.level ?? 0)) brightest = { index, level };
  }
  return brightest;
}

function strokeLevel(age: number): number {
  if (age < 0) return 0;
  if (age < FULL_FRAMES) return 1;
  const left = Math.max(0, 1 - (age - FULL_FRAMES + 1) / (DECAY_FRAMES + 1));
  return left * left;
}

export class Lightning {
  /** How much of the flash each part of the picture takes. */
  readonly #shares: Grid;
  readonly #skyLight: number;
  readonly #makeBolt: ((bolt: number) => Bolt) | undefined;
  readonly #bolts = new Map<number, Bolt>();

  constructor(still: RgbaImage, scene: Space, seed: number) {
    this.#skyLight = SKY_LIGHT * Math.max(0.2, 1 - readAir(still, scene).meanLuma / 150);
    this.#shares = shareSkyLight(scene);
    this.#makeBolt = createBolts(still, scene, seed);
  }

  veil(outlook: Outlook, { index, level }: Flash, veil: Veil): void {
    const bolt = this.#boltOf(index);
    for (let node = 0; node < outlook.depth.length; node += 1) {
      const [x, y] = [outlook.sourceX[node]!, outlook.sourceY[node]!];
      const beside = bolt === undefined ? 1 : FAR_SHARE + (1 + BESIDE - FAR_SHARE) * bolt.lightAt(x, y);
      const share = sampleGrid(this.#shares, x, y);
      const light = level * share * beside;
      veil.light(node, 1 + GAIN * light, this.#skyLight * light * share, COLD_BLUE * light);
    }
  }

  /** Draws the bolt itself, where the picture has a sky for it. */
  paint(outlook: Outlook, { index, level }: Flash, frame: I420Frame): void {
    this.#boltOf(index)?.paint(outlook, Math.sqrt(level), frame);
  }

  #boltOf(index: number): Bolt | undefined {
    const known = this.#bolts.get(index) ?? this.#makeBolt?.(index);
    if (known !== undefined) this.#bolts.set(index, known);
    return known;
  }
}
