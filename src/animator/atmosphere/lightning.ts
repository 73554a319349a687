/**
 * Lightning: for two frames the picture is up to 60 % brighter and colder, then the light dies away over five. The
 * sky and far things take most of it. A second, weaker flash often follows, as strokes do that use the same channel.
 */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { LightningEvent } from '../director/plan.ts';
import type { RgbaImage } from '../raster/picture.ts';
import type { Veil } from '../raster/veil.ts';
import { boxMean } from '../scene/box-filter.ts';
import type { Grid } from '../scene/scene.ts';
import { emptyGrid } from '../scene/work-grid.ts';
import { readAir } from './air.ts';
import type { Moment } from './effect.ts';
import { sampleGrid } from './sample-grid.ts';
import { remoteness, type Space } from './strata.ts';

const GAIN = 0.6;
/** Levels that the sky of a dark picture gains on top: a factor alone would leave the night as it is. */
const SKY_LIGHT = 46;
const GROUND_SHARE = 0.35;
const FULL_FRAMES = 2;
const DECAY_FRAMES = 5;
const COLD_BLUE = 5;

/** Strokes follow each other within three to five frames; fewer than three flashes in any second. */
const SECOND_STROKE = { odds: 0.6, firstFrame: 4, strength: 0.55 };

/** 0..1: the light of all flashes in one frame. */
export function flashLevel(flashes: readonly LightningEvent[], frameIndex: number, seed: number): number {
  let level = 0;
  for (const [index, { timeSeconds, strength }] of flashes.entries()) {
    const age = frameIndex - Math.round(timeSeconds * FRAME_RATE);
    const hasSecond = seededUnit(seed, 'second stroke', index) < SECOND_STROKE.odds;
    const second = hasSecond ? SECOND_STROKE.strength * strokeLevel(age - SECOND_STROKE.firstFrame) : 0;
    level = Math.max(level, strength * Math.max(strokeLevel(age), second));
  }
  return level;
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

  constructor(still: RgbaImage, scene: Space) {
    this.#skyLight = SKY_LIGHT * Math.max(0.2, 1 - readAir(still, scene).meanLuma / 150);
    this.#shares = shareLight(scene);
  }

  /** @param level 0..1. */
  veil({ outlook }: Moment, level: number, veil: Veil): void {
    for (let node = 0; node < outlook.depth.length; node += 1) {
      const share = sampleGrid(this.#shares, outlook.sourceX[node]!, outlook.sourceY[node]!);
      const light = level * share;
      veil.light(node, 1 + GAIN * light, this.#skyLight * light * share, COLD_BLUE * light);
    }
  }
}

/**
 * Blurred by this share of the longer side, twice: light spreads, and no edge of the depth or the sky should be seen
 * in it.
 */
const SPREAD = 0.08;

/**
 * All of it for the sky, GROUND_SHARE for what is near; where no horizon is seen, the far things stand for the sky.
 */
function shareLight({ sky, depth, confidence: { ground }, ...scene }: Space): Grid {
  const remotenessOf = remoteness({ depth });
  const shares = emptyGrid(depth);
  for (let cell = 0; cell < shares.data.length; cell += 1) {
    const far = remotenessOf(depth.data[cell]!);
    const above = Math.max(
      0,
      Math.min(1, (scene.horizon - Math.floor(cell / depth.width) / depth.height) / 0.3 + 0.5),
    );
    const outdoors = 0.5 * above + 0.3 * sky.data[cell]! + 0.2 * far;
    shares.data[cell] = GROUND_SHARE + (1 - GROUND_SHARE) * (ground * outdoors + (1 - ground) * 0.8 * far);
  }
  const radius = Math.round(SPREAD * Math.max(depth.width, depth.height));
  return boxMean(boxMean(shares, radius), radius);
}
