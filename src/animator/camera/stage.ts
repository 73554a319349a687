/**
 * What a camera path needs to know of a scene: the depths that stay still, the depths along the picture's edges, and
 * whether a subject fills the frame.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Beyond } from '../raster/beyond.ts';
import { LIMITER_KAPPA } from '../scene/limit-slope.ts';
import type { Grid, Scene } from '../scene/scene.ts';

/** Inverse depths met along two opposite edges. */
export interface EdgeDepth {
  readonly nearest: number;
  readonly farthest: number;
}

/** Of the left and right edges (`x`), and of the top and bottom ones (`y`). */
export interface Edges {
  readonly x: EdgeDepth;
  readonly y: EdgeDepth;
}

export interface Stage {
  /** Confidence 0..1 that the picture itself is flat. */
  readonly flat: number;
  /** Median inverse depth of the subject. */
  readonly subjectDepth: number;
  /** From the frame's centre to the subject, output pixels. */
  readonly subjectX: number;
  readonly subjectY: number;
  readonly subjectFillsFrame: boolean;
  readonly edges: Edges;
  /** What there is of the picture beyond the frame. */
  readonly beyond: Beyond;
  pivotDepth(pivot: 'horizon' | 'subject' | undefined): number;
}

const FILLING_SHARE = 0.2;
const SURE_OF_SUBJECT = 0.6;
/** How far from the centre a zoom may be aimed, as a share of the side: keeps the far edge covered. */
const LARGEST_AIM = 0.1;

const clampTo = (limit: number, value: number): number => Math.min(limit, Math.max(-limit, value));

export function createStage(scene: Scene, size: FrameSize, beyond: Beyond): Stage {
  const horizonDepth = farDepthInRow(scene.depth, Math.round(scene.horizon * (scene.depth.height - 1)));
  return {
    flat: scene.confidence.flat,
    subjectDepth: scene.subjectDepth,
    subjectX: size.width * clampTo(LARGEST_AIM, scene.focus.x - 0.5),
    subjectY: size.height * clampTo(LARGEST_AIM, scene.focus.y - 0.5),
    subjectFillsFrame: scene.confidence.subject > SURE_OF_SUBJECT && subjectShare(scene) > FILLING_SHARE,
    beyond,
    edges: { x: edgeDepth(scene.depth, 'x', size), y: edgeDepth(scene.depth, 'y', size) },
    pivotDepth: (pivot) => (pivot === 'subject' ? scene.subjectDepth : horizonDepth),
  };
}

/** The lower quartile of a row: the distance seen past whatever stands in it. */
function farDepthInRow(depth: Grid, row: number): number {
  const values = depth.data.slice(row * depth.width, (row + 1) * depth.width).sort();
  return values[Math.floor(values.length / 4)]!;
}

function subjectShare(scene: Scene): number {
  const threshold = 0.8 * scene.subjectDepth;
  const count = scene.depth.data.reduce((sum, value) => sum + (value >= threshold ? 1 : 0), 0);
  return count / scene.depth.data.length;
}

/** Cells by which interpolation and smoothing may carry a depth towards an edge. */
const SPREAD_CELLS = 3;
/**
 * The parallax, as a share of the width, for which the slope limiter's spreading of near objects is foreseen. The same
 * for every shot, so that shots that continue each other agree; what a bolder move carries further is left to the
 * elastic border.
 */
const FORESEEN_PARALLAX = 0.15;

function edgeDepth(depth: Grid, axis: 'x' | 'y', size: FrameSize): EdgeDepth {
  const cells = axis === 'x' ? depth.width : depth.height;
  const cellPx = axis === 'x' ? size.width / depth.width : size.height / depth.height;
  const lossPerCell = (cellPx * LIMITER_KAPPA) / (FORESEEN_PARALLAX * size.width);
  let nearest = 0;
  let farthest = 1;
  for (let i = 0; i < depth.data.length; i++) {
    const position = axis === 'x' ? i % depth.width : Math.floor(i / depth.width);
    const toEdge = Math.min(position, cells - 1 - position);
    const value = depth.data[i]!;
    const loss = toEdge <= SPREAD_CELLS ? 0 : (toEdge - SPREAD_CELLS) * lossPerCell;
    if (value - loss > nearest) nearest = value - loss;
    if (toEdge <= SPREAD_CELLS && value < farthest) farthest = value;
  }
  return { nearest, farthest };
}
