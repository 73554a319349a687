/**
 * Draws a clip in its looks. The first frame is the still itself, and so is the last where the clip ends on a picture: over half a second the
 * ungraded clip fades into the graded one, and back.
 */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { smootherstep } from '../camera/seeded-noise.ts';
import type { Plan } from '../director/plan.ts';
import { createDrawing, type DrawFrame, type DrawingInput } from '../edit/draw-pictures.ts';
import { createFrame } from '../raster/create-frame.ts';
import { cropCentre } from '../raster/crop-centre.ts';
import type { I420Frame, Plane } from '../raster/picture.ts';
import { countNodes } from '../raster/source-map.ts';
import { Veil } from '../raster/veil.ts';
import { gradePicture } from './grade-picture.ts';
import { type Grade, gradeOf, isGrey } from './looks.ts';
import { createVignette } from './vignette.ts';

const FADE_FRAMES = FRAME_RATE / 2;

/** The drawing itself where the plan has no look: then nothing here costs anything. */
export function createGradedDrawing(input: Omit<DrawingInput, 'light'>): DrawFrame {
  const { plan } = input;
  const grade = gradeOf(plan.looks);
  const neutral = once(() => createDrawing(input));
  if (grade === undefined) return neutral();
  const graded = once(() => drawGraded(input, grade));
  const other = once(() => createFrame(plan.size));
  return (index, out) => {
    const level = levelAt(plan, index);
    if (level < 1) neutral()(index, out);
    if (level === 0) return;
    if (level === 1) return graded()(index, out);
    graded()(index, other());
    blend(out, other(), level);
  };
}

function drawGraded(input: Omit<DrawingInput, 'light'>, grade: Grade): DrawFrame {
  const { plan, framed } = input;
  const pictures = framed.pictures.map((picture) => {
    const { image, surroundings } = picture;
    const graded = gradePicture(surroundings ?? image, grade);
    return {
      ...picture,
      image: cropCentre(graded, image),
      surroundings: surroundings && graded,
    };
  });
  const vignette = createVignette(grade, plan.size, plan.seed);
  const own = new Veil(countNodes(plan.size));
  const draw = createDrawing({
    ...input,
    framed: { ...framed, pictures },
    light:
      vignette &&
      ((index, veil) => {
        if (veil === undefined) own.clear();
        const lit = veil ?? own;
        vignette.add(lit, index);
        return lit;
      }),
  });
  if (!isGrey(grade)) return draw;
  return (index, out) => {
    draw(index, out);
    // Sparks and flares have colours of their own.
    for (const plane of [out.u, out.v]) fillPlane(plane, 128);
  };
}

/** 0 on the first frame, 1 after half a second; back to 0 in the same way where the clip has to end on a still. */
function levelAt({ frameCount, arrival }: Plan, index: number): number {
  const room = Math.min(FADE_FRAMES, (frameCount - 1) / 2);
  const toEnd = arrival === undefined ? room : frameCount - 1 - index;
  return smootherstep(Math.min(index, toEnd) / room);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Where rounding goes up, in turn for four neighbours: an even area passes from one level to the next in steps too small to see. */
const ROUNDING = [32, 160, 224, 96] as const;

/** Lays `over` over `frame`; `weight` 0..1. */
function blend(frame: I420Frame, over: I420Frame, weight: number): void {
  const share = Math.round(256 * weight);
  for (const name of ['y', 'u', 'v'] as const) {
    const [to, from] = [frame[name], over[name]];
    for (let row = 0; row < to.height; row += 1) {
      const [toRow, fromRow] = [row * to.stride, row * from.stride];
      for (let x = 0; x < to.width; x += 1) {
        const under = to.data[toRow + x]!;
        const rounding = ROUNDING[2 * (row & 1) + (x & 1)]!;
        to.data[toRow + x] = under + (((from.data[fromRow + x]! - under) * share + rounding) >> 8);
      }
    }
  }
}

function fillPlane({ data, width, height, stride }: Plane, value: number): void {
  for (let row = 0; row < height; row += 1) data.fill(value, row * stride, row * stride + width);
}
