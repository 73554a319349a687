/** How a fluid moves: by streams that carry it along, or by waves that pass through it and leave it where it is. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { sampleGrid } from '../atmosphere/sample-grid.ts';
import { CELL_SIDE } from '../raster/kernels.ts';
import type { NodeField } from '../raster/node-field.ts';
import { countNodes } from '../raster/source-map.ts';
import { boxMean } from '../scene/box-filter.ts';
import { ramp } from '../scene/ramp.ts';
import type { Grid } from '../scene/scene.ts';
import { cosineOfTurns, sineOfTurns } from '../sound/elementary-functions.ts';

/** A steady stream. */
export interface Stream {
  /** Pixels of the still per second. */
  readonly velocity: NodeField;
  /** Until a reading starts over: no point is ever displaced by more than half of what it travels in this time. */
  readonly periodSeconds: number;
}

/** A harmonic wave: pixels by which the picture's points are displaced, cosine and sine part. */
export interface Wave {
  readonly hertz: number;
  readonly cosine: NodeField;
  readonly sine: NodeField;
}

/** Speeds and amplitudes are given for a short side of 720 pixels. */
export const pixelScale = ({ width, height }: FrameSize): number => Math.min(width, height) / 720;

export type Vector = readonly [x: number, y: number];

/** A vector for every node of a still, by its position in pixels. */
export function drawField(size: FrameSize, vectorAt: (x: number, y: number) => Vector): NodeField {
  const field = emptyField(size);
  for (let node = 0; node < field.x.length; node += 1) {
    const row = Math.floor(node / field.columns);
    const [x, y] = vectorAt(CELL_SIDE * (node - row * field.columns), CELL_SIDE * row);
    field.x[node] = x;
    field.y[node] = y;
  }
  return field;
}

function emptyField(size: FrameSize): NodeField {
  const { columns, rows } = countNodes(size);
  return { columns, rows, x: new Float32Array(columns * rows), y: new Float32Array(columns * rows) };
}

/** A wave of which every point has an amplitude, in pixels, and a phase, in turns. */
export function drawWave(
  size: FrameSize,
  hertz: number,
  waveAt: (x: number, y: number) => { readonly amplitude: Vector; readonly phase: number },
): Wave {
  const part = (wave: (turns: number) => number) =>
    drawField(size, (x, y) => {
      const { amplitude, phase } = waveAt(x, y);
      const share = wave(phase);
      return [amplitude[0] * share, amplitude[1] * share];
    });
  // a sin(2 pi (phase - f t)) = a sin(2 pi phase) cos(2 pi f t) - a cos(2 pi phase) sin(2 pi f t)
  return { hertz, cosine: part(sineOfTurns), sine: part((turns) => -cosineOfTurns(turns)) };
}

/** The sum of all waves at a time, each multiplied by `level`; zero without any. */
export function sumWaves(waves: readonly Wave[], seconds: number, level: number, size: FrameSize): NodeField {
  const sum = emptyField(size);
  for (const { hertz, cosine, sine } of waves) {
    const even = level * cosineOfTurns(hertz * seconds);
    const odd = level * sineOfTurns(hertz * seconds);
    for (let node = 0; node < sum.x.length; node += 1) {
      sum.x[node]! += even * cosine.x[node]! + odd * sine.x[node]!;
      sum.y[node]! += even * cosine.y[node]! + odd * sine.y[node]!;
    }
  }
  return sum;
}

/** Cells over which a stream slows down towards its banks. */
const BANK = 4;
/** Means of a mask over its surroundings: on the bank, and in midstream. */
const AT_BANK = 0.5;
const MIDSTREAM = 0.85;

/**
 * A stream that rests at the edges of its mask and runs freely inside: what flows in from an edge would have to be made
 * up, and what flows out would be cut off.
 */
export function slowAtBanks(field: NodeField, mask: Grid, { width, height }: FrameSize): NodeField {
  const soft = boxMean(boxMean(mask, BANK), BANK);
  const share = (node: number) => {
    const row = Math.floor(node / field.columns);
    const x = (CELL_SIDE * (node - row * field.columns)) / width;
    return ramp(sampleGrid(soft, x, (CELL_SIDE * row) / height), AT_BANK, MIDSTREAM);
  };
  return {
    ...field,
    x: field.x.map((value, node) => value * share(node)),
    y: field.y.map((value, node) => value * share(node)),
  };
}

/** The most that a reading may be squeezed, so that it stays far from folding over itself. */
const STEEPEST = 0.7;

/** The same stream, starting over so often that no part of it runs into another. */
export function withoutFolds({ velocity, periodSeconds }: Stream): Stream {
  const longest = (2 * STEEPEST) / Math.max(steepestOf(velocity), 1e-6);
  return { velocity, periodSeconds: Math.min(periodSeconds, longest) };
}

/** The greatest change of speed from node to node along either axis, in pixels per second and pixel. */
function steepestOf({ columns, x, y }: NodeField): number {
  let steepest = 0;
  for (let node = 0; node < x.length; node += 1) {
    const isLastColumn = node % columns === columns - 1;
    const [right, below] = [isLastColumn ? node : node + 1, Math.min(node + columns, x.length - 1)];
    const change = Math.max(Math.abs(x[right]! - x[node]!), Math.abs(y[below]! - y[node]!));
    const twist = Math.sqrt(Math.abs((x[below]! - x[node]!) * (y[right]! - y[node]!)));
    steepest = Math.max(steepest, change, twist);
  }
  return steepest / CELL_SIDE;
}
