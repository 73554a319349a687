/** A fluid with a plate of its own, laid over the still through its matte: carried along by a stream, or bent by waves. */
import { beyondOf } from '../raster/beyond.ts';
import type { FluidSource, FluidState } from '../raster/fluid-source.ts';
import type { NodeField } from '../raster/node-field.ts';
import type { RgbaImage } from '../raster/picture.ts';
import type { Grid } from '../scene/scene.ts';
import { extendMask } from './extend-mask.ts';
import { flowedSeconds, shownAt, swellAt, twoPhaseAt } from './flow-clock.ts';
import { contrastOf } from './local-means.ts';
import { drawMatte } from './matte.ts';
import { type Stream, sumWaves, type Wave } from './moving-field.ts';
import { paintPlate } from './plate.ts';

export interface MovingLayer {
  readonly source: FluidSource;
  stateAt(seconds: number): Omit<FluidState, 'fluid'>;
}

export interface LayerPlace {
  readonly still: RgbaImage;
  /** The still with what there is of its picture around it; just the still when undefined. */
  readonly surroundings: RgbaImage | undefined;
  readonly stillIndex: number;
  readonly mask: Grid;
}

/** @param flicker Waves whose x part is a gain on luma. Undefined where the mask turns out to show nothing. */
export function createStreamLayer(
  place: LayerPlace,
  stream: Stream,
  flicker: readonly Wave[] = [],
): MovingLayer | undefined {
  const { velocity, periodSeconds } = stream;
  // Content at p comes from p - velocity * time.
  const field = { ...velocity, x: velocity.x.map((x) => -x), y: velocity.y.map((y) => -y) };
  const source = createSource(place, (longestOf(velocity) * periodSeconds) / 2);
  if (source === undefined) return undefined;
  const contrast = contrastOf(source.plate, stream);
  return {
    source: source.forRaster,
    stateAt(seconds) {
      const { first, second, secondWeight, contrastGain } = twoPhaseAt(flowedSeconds(seconds), periodSeconds);
      const gain =
        flicker.length === 0 ? undefined : sumWaves(flicker, seconds, swellAt(seconds), place.still).x;
      return {
        strength: shownAt(seconds),
        field,
        firstFactor: first,
        second: { factor: second, weight: secondWeight },
        tone: { contrast, contrastGain, gain },
      };
    },
  };
}

/** Undefined where the mask turns out to show nothing. */
export function createWaveLayer(place: LayerPlace, waves: readonly Wave[]): MovingLayer | undefined {
  const reachPx = waves.reduce(
    (sum, wave) => sum + Math.max(longestOf(wave.cosine), longestOf(wave.sine)),
    0,
  );
  const source = createSource(place, reachPx);
  if (source === undefined) return undefined;
  return {
    source: source.forRaster,
    stateAt(seconds) {
      const field = sumWaves(waves, seconds, swellAt(seconds), place.still);
      return { strength: shownAt(seconds), field, firstFactor: 1, second: undefined, tone: undefined };
    },
  };
}

function createSource({ still, surroundings, stillIndex, mask }: LayerPlace, reachPx: number) {
  const around = surroundings ?? still;
  const beyond = beyondOf(around, still);
  const matte = drawMatte(around, extendMask(mask, still, around));
  const painted = paintPlate(around, matte, reachPx + NODE_MARGIN_PX);
  if (painted === undefined) return undefined;
  const { image, left, top } = painted;
  const forRaster: FluidSource = { stillIndex, matte, plate: image, left, top };
  /** Fields are of the still, so their plate is told from its first pixel. */
  return { plate: { image, left: left - beyond.x, top: top - beyond.y }, forRaster };
}

/** Cells that the matte only touches lie up to two cells and a tap beyond it. */
const NODE_MARGIN_PX = 20;

function longestOf({ x, y }: NodeField): number {
  return x.reduce(
    (longest, value, node) => Math.max(longest, Math.sqrt(value * value + y[node]! * y[node]!)),
    0,
  );
}
