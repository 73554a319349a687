/** Corrections to a mask of water: dark reflections belong to it though they hardly look like it, and what stands in it does not. */
import { boxMean, mean3x3 } from './box-filter.ts';
import { connectedParts } from './connected-cells.ts';
import type { Grid } from './scene.ts';

/** Of a gap that is closed: the most of the height, the least of the width, and the mean evidence. */
const LONGEST_GAP = 0.15;
const NARROWEST_GAP = 0.02;
const GAP_EVIDENCE = 0.12;

/** Cells around a post, how much it differs from them (luma), and the most evidence that it is water. */
const POST_RADIUS = 4;
const POST_CONTRAST = 0.08;
const POST_EVIDENCE = 0.2;

/** What has water above and below it, is as wide as no post is, and looks a little like water, is a dark reflection. */
export function closeGaps(mask: Grid, evidence: Grid): void {
  const gaps = gapsIn(mask);
  for (const gap of connectedParts(mask, (cell) => gaps[cell] === 1)) {
    const columns = new Set(gap.map((cell) => cell % mask.width)).size;
    const likeness = gap.reduce((sum, cell) => sum + evidence.data[cell]!, 0);
    if (columns < NARROWEST_GAP * mask.width || likeness < GAP_EVIDENCE * gap.length) continue;
    for (const cell of gap) mask.data[cell] = 1;
  }
}

/** 1 for cells in a short gap between water and water in their column. */
function gapsIn({ width, height, data }: Grid): Uint8Array {
  const gaps = new Uint8Array(data.length);
  for (let x = 0; x < width; x++) {
    let last: number | undefined;
    for (let cell = x; cell < data.length; cell += width) {
      if (data[cell] === 0) continue;
      if (last !== undefined && cell - last <= LONGEST_GAP * height * width) {
        for (let between = last + width; between < cell; between += width) gaps[between] = 1;
      }
      last = cell;
    }
  }
  return gaps;
}

/** Thin things that stand out from the water around them and that nothing speaks for: posts, reeds, buoys. */
export function leaveOutPosts(mask: Grid, luma: Grid, evidence: Grid): void {
  const around = boxMean(luma, POST_RADIUS).data;
  const likeness = mean3x3(evidence).data;
  const posts = mask.data.map((_, cell) =>
    likeness[cell]! < POST_EVIDENCE && Math.abs(luma.data[cell]! - around[cell]!) > POST_CONTRAST ? 1 : 0,
  );
  const widened = mean3x3({ ...mask, data: posts }).data;
  for (let cell = 0; cell < posts.length; cell++) if (widened[cell]! > 0) mask.data[cell] = 0;
}
