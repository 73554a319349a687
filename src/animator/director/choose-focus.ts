/** Chooses the depths that a lens is focused on. */
import { percentile } from '../scene/percentile.ts';
import type { Scene } from '../scene/scene.ts';
import type { FocusPull } from './plan.ts';
import type { LensWish } from './shot-vocabulary.ts';

const SURE_OF_SUBJECT = 0.5;
/** What is near and what is far: this share of the picture is nearer, or farther. */
const OUTER_SHARE = 0.1;

/** Undefined where everything is to be sharp, or nothing lies before anything else. */
export function chooseFocus(wish: LensWish | undefined, scene: Scene): FocusPull | undefined {
  if (wish === undefined) return undefined;
  const round = (value: number) => Math.round(value * 1e3) / 1e3;
  const far = round(percentile(scene.depth.data, OUTER_SHARE));
  const hasSubject = scene.confidence.subject >= SURE_OF_SUBJECT;
  const near = round(hasSubject ? scene.subjectDepth : percentile(scene.depth.data, 1 - OUTER_SHARE));
  if (wish === 'shallow') return { from: near, to: near };
  return wish === 'focus-far' ? { from: near, to: far } : { from: far, to: near };
}
