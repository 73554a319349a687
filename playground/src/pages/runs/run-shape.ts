import type { Run } from '../../wire/run.ts';

/** Nothing narrower holds its caption, nothing wider a second frame beside it on a phone. */
const NARROWEST = 0.75;
const WIDEST = 2.4;
const USUAL = 16 / 9;

/** Width of a run's frame in parts of its height: the clip's, or what was asked for while there is none. */
export function shapeOf({ output, input }: Pick<Run, 'output' | 'input'>): number {
  const shape = output === undefined ? ratioOf(input.aspect_ratio) : output.width / output.height;
  return Math.min(WIDEST, Math.max(NARROWEST, shape));
}

function ratioOf(text: unknown): number {
  const [width, height] = String(text).split(':').map(Number);
  return width === undefined || height === undefined || !(width / height > 0) ? USUAL : width / height;
}
