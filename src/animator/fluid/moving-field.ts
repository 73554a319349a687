/** How a fluid moves: by streams that carry it along, or by waves that pass through it and leave it where it is. */
import type { FrameSize } from '#domain/media/frame-size.ts';
import { CELL_SIDE } from '../raster/kernels.ts';
import type { NodeField } from '../raster/node-field.ts';
import { countNodes } from '../raster/source-map.ts';
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
