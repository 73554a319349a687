/**
 * Whether two pictures show the same scene, and if so, which place of one is which place of the other. Flow is searched for both ways on its
 * own; where the two cancel, a place was recognised, elsewhere it was guessed.
 */

import type { FlowField } from '../raster/displacement.ts';
import type { RgbaImage } from '../raster/picture.ts';
import { type ContrastLevel, createContrastPyramid } from './contrast-pyramid.ts';
import { cornerStrength } from './corner-strength.ts';
import { denseFlow } from './dense-flow.ts';
import { lengthOf, sampleBilinear } from './flow-field.ts';
import { lightChange } from './light-change.ts';
import { regulariseFlow } from './regularise-flow.ts';

export interface Correspondence {
  /**
   * Share 0..1 of the textured cells that were recognised, of the picture that finds more of itself in the other: of two takes, the closer
   * or narrower one may lie wholly within the wider. Seen: 0.54 to 1 for one scene (another place, another hour), below 0.36 for others; 0.19 for one
   * scene from much closer by at another hour, with strong parallax.
   */
  readonly share: number;
  /** Undefined where too little was recognised for the pictures to be of one scene. */
  readonly match: SceneMatch | undefined;
}

/** How two pictures of one scene lie on each other. */
export interface SceneMatch {
  /** The picture that `flow` starts from, the one that finds more of itself in the other. */
  readonly base: 'first' | 'second';
  /** Smooth, defined everywhere, and nowhere steep: moved along any part of it, the base picture neither tears nor folds. */
  readonly flow: FlowField;
  /** Mean difference 0..1 of the colours of what corresponds. */
  readonly lightChange: number;
}

/** From this share on, two pictures are taken for one scene. */
export const SAME_SCENE_SHARE = 0.45;

/** Both pictures have the same size. */
export function findCorrespondence(first: RgbaImage, second: RgbaImage): Correspondence {
  const [ofFirst, ofSecond] = [createContrastPyramid(first), createContrastPyramid(second)];
  const there = denseFlow(ofFirst, ofSecond);
  const back = denseFlow(ofSecond, ofFirst);
  const fromFirst = trustOf(there, back, ofFirst[0]!, ofSecond[0]!);
  const fromSecond = trustOf(back, there, ofSecond[0]!, ofFirst[0]!);
  const isFirst = fromFirst.share >= fromSecond.share;
  const { share, trust } = isFirst ? fromFirst : fromSecond;
  if (share < SAME_SCENE_SHARE) return { share, match: undefined };
  const flow = regulariseFlow(isFirst ? there : back, trust);
  const [base, other] = isFirst ? [first, second] : [second, first];
  return {
    share,
    match: { base: isFirst ? 'first' : 'second', flow, lightChange: lightChange(base, other, flow) },
  };
}

/** Cells by which the way there and back may miss its start. */
const LARGEST_MISS = 1.5;
/** Deviation of luma (0..1 scale) around a cell that holds something to recognise. */
const TEXTURED = 0.02;
/** And that its counterpart must have: before a blank wall nothing moves, and nothing is recognised. */
const LEAST_TEXTURE = 0.005;
/** Rise of luma (0..1 scale) from cell to cell, in the direction where it rises least, that fixes a place half for certain. */
const FIXING_RISE = 0.008;

/**
 * `trust`, cell by cell, is 0 where the ways do not cancel, and up to 1 where they do and something fixes the place in both directions: a bare sky
 * or a straight edge may slide without being noticed.
 */
function trustOf(
  there: FlowField,
  back: FlowField,
  { luma, texture }: ContrastLevel,
  other: ContrastLevel,
): { readonly share: number; readonly trust: Float32Array } {
  const { width, height } = there;
  const trust = new Float32Array(width * height);
  const corners = cornerStrength(luma);
  let [textured, recognised] = [1, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      const miss = missOf(there, back, x, y);
      const isTextured = texture.data[cell]! > TEXTURED;
      const isRecognised = miss <= LARGEST_MISS && textureAt(other, there, x, y) > LEAST_TEXTURE;
      if (isTextured) textured++;
      if (isTextured && isRecognised) recognised++;
      if (isRecognised) {
        const closeness = 1 - (miss / LARGEST_MISS) * (miss / LARGEST_MISS);
        const firmness = corners.data[cell]! / (corners.data[cell]! + FIXING_RISE * FIXING_RISE);
        trust[cell] = closeness * firmness * firmness;
      }
    }
  }
  return { share: recognised / textured, trust };
}

/** By how far the way there and back misses its start; infinite where it leaves the other picture. */
function missOf(there: FlowField, back: FlowField, x: number, y: number): number {
  const { width, height } = there;
  const dx = there.dx[y * width + x]!;
  const dy = there.dy[y * width + x]!;
  const [toX, toY] = [x + dx, y + dy];
  if (toX < 0 || toY < 0 || toX > width - 1 || toY > height - 1) return Number.POSITIVE_INFINITY;
  return lengthOf(
    dx + sampleBilinear(back.dx, width, height, toX, toY),
    dy + sampleBilinear(back.dy, width, height, toX, toY),
  );
}

/** How much there is to recognise in the other picture where a cell is taken to be. */
function textureAt({ texture }: ContrastLevel, there: FlowField, x: number, y: number): number {
  const cell = y * there.width + x;
  const { width, height, data } = texture;
  return sampleBilinear(data, width, height, x + there.dx[cell]!, y + there.dy[cell]!);
}
