/** Hair and clothes by where a subject wears them: there is nothing in a single picture that tells one from the other. */
import { boxMean } from '../scene/box-filter.ts';
import { ramp } from '../scene/ramp.ts';
import type { Grid } from '../scene/scene.ts';

/** Cells. Loose ends are near the outline; a face and a body inside it stay as they are. */
const OUTLINE = 5;
/** Shares of the subject's height, from its top. */
const HAIR_ENDS = [0.3, 0.5] as const;
const CLOTH_STARTS = [0.35, 0.6] as const;

export const hairOf = (subject: Grid): Grid => outline(subject, (v) => ramp(v, HAIR_ENDS[1], HAIR_ENDS[0]));

export const clothOf = (subject: Grid): Grid =>
  outline(subject, (v) => ramp(v, CLOTH_STARTS[0], CLOTH_STARTS[1]));

/** The outline of a subject, weighted by the share of its height that a row lies below its top. */
function outline(subject: Grid, weightAt: (v: number) => number): Grid {
  const { width, data } = subject;
  const isInside = (share: number) => share > 0.5;
  const top = Math.floor(Math.max(0, data.findIndex(isInside)) / width);
  const bottom = Math.floor(Math.max(0, data.findLastIndex(isInside)) / width) + 1;
  const soft = boxMean(boxMean(subject, OUTLINE), OUTLINE).data;
  return {
    ...subject,
    data: soft.map((share, cell) => {
      const v = (Math.floor(cell / width) - top) / (bottom - top);
      return Math.min(1, 4.5 * share * (1 - share)) * weightAt(v);
    }),
  };
}
