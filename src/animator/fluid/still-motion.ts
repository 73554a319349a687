/**
 * All that moves in one still by itself, from the plan to what the rasteriser draws. At time 0 nothing has moved and nothing is laid over
 * the still; from there on every frame is a pure function of its time, which may be negative (see `flow-clock.ts`).
 */
import type { Fluid } from '../director/plan.ts';
import type { FluidSource } from '../raster/fluid-source.ts';
import type { RgbaImage } from '../raster/picture.ts';
import type { Motion } from '../raster/view-painter.ts';
import type { Scene } from '../scene/scene.ts';
import { breathe } from './breathing.ts';
import { driftClouds } from './cloud-drift.ts';
import { flickerFlames } from './flicker.ts';
import { swellAt } from './flow-clock.ts';
import { sumWaves, type Wave } from './moving-field.ts';
import { createStreamLayer, createWaveLayer, type MovingLayer } from './moving-layer.ts';
import { carryPlume } from './plume.ts';
import { rippleWater } from './ripple.ts';
import { streamRiver } from './river.ts';
import { reachOfPlants, swayInWind } from './sway.ts';
import { clothOf, hairOf } from './wearing.ts';

export interface StillMotionInput {
  readonly still: RgbaImage;
  /** The still with what there is of its picture around it. */
  readonly surroundings?: RgbaImage | undefined;
  readonly stillIndex: number;
  readonly scene: Scene;
  /** Those of the plan that are about this still. */
  readonly fluids: readonly Fluid[];
  readonly seed: number;
  /** How many fluids the rasteriser has of earlier stills. */
  readonly firstFluid: number;
}

export interface StillMotion {
  /** For the rasteriser, in the order of its fluids from `firstFluid` on. */
  readonly sources: readonly FluidSource[];
  /** Undefined where the still is itself: at time 0, and always when nothing in it moves. */
  at(seconds: number): Motion | undefined;
}

export function createStillMotion(input: StillMotionInput): StillMotion {
  const layers = input.fluids.flatMap((fluid) => createLayer(fluid, input) ?? []);
  const waves = input.fluids.flatMap((fluid) => bendingWaves(fluid, input));
  return {
    sources: layers.map(({ source }) => source),
    at(seconds) {
      if (seconds === 0 || (layers.length === 0 && waves.length === 0)) return undefined;
      return {
        sway: waves.length === 0 ? undefined : sumWaves(waves, seconds, swellAt(seconds), input.still),
        fluids: layers.map(({ stateAt }, i) => ({ fluid: input.firstFluid + i, ...stateAt(seconds) })),
      };
    },
  };
}

/** Waves that bend the still itself; none for what is a layer of its own. */
function bendingWaves(fluid: Fluid, { still, scene, seed }: StillMotionInput): readonly Wave[] {
  const mask = scene.areas[fluid.area]?.mask;
  if (mask === undefined) return [];
  switch (fluid.kind) {
    case 'foliage':
      return swayInWind(fluid, reachOfPlants(mask), still, seed);
    case 'hair':
      return swayInWind(fluid, hairOf(mask), still, seed);
    case 'cloth':
      return swayInWind(fluid, clothOf(mask), still, seed);
    case 'breathing':
      return breathe(fluid, mask, still, seed);
    default:
      return [];
  }
}

/** Undefined for what bends the still itself, and where a mask turns out to show nothing. */
function createLayer(fluid: Fluid, input: StillMotionInput): MovingLayer | undefined {
  const { still, surroundings, stillIndex, scene, seed } = input;
  const mask = scene.areas[fluid.area]?.mask;
  if (mask === undefined) return undefined;
  const place = { still, surroundings, stillIndex, mask };
  switch (fluid.kind) {
    case 'clouds':
      return createStreamLayer(place, driftClouds(fluid, scene.horizon, still));
    case 'water':
      return createWaveLayer(place, rippleWater(fluid, mask, still, seed));
    case 'river':
      return createStreamLayer(place, streamRiver(fluid, still, mask, seed));
    case 'smoke':
      return createStreamLayer(place, carryPlume('smoke', fluid, mask, still, seed));
    case 'fire':
      return createStreamLayer(
        place,
        carryPlume('fire', fluid, mask, still, seed),
        flickerFlames(fluid.strength, still, seed),
      );
    default:
      return undefined;
  }
}
