/** How like a frame is to the still it should be, and to another frame: PSNR and SSIM, over planes converted independently. */
import { createFrame } from '#animator/raster/create-frame.ts';
import type { I420Frame, Plane, RgbaImage } from '#animator/raster/picture.ts';
import type { Measurement } from './measurement.ts';

/** BT.709 limited range in floating point; chroma 1-2-1 across and the mean of two rows, as H.264's default location has it. */
export function planesOf(image: RgbaImage): I420Frame {
  const frame = createFrame(image);
  const { width, height, data } = image;
  const red = new Float64Array(width * height);
  const blue = new Float64Array(width * height);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = [data[4 * i]! / 255, data[4 * i + 1]! / 255, data[4 * i + 2]! / 255];
    const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    frame.y.data[i] = Math.round(16 + 219 * luma);
    blue[i] = 128 + (224 * (b - luma)) / 1.8556;
    red[i] = 128 + (224 * (r - luma)) / 1.5748;
  }
  for (const [plane, full] of [
    [frame.u, blue],
    [frame.v, red],
  ] as const) {
    for (let y = 0; y < plane.height; y++) {
      for (let x = 0; x < plane.width; x++) {
        let sum = 0;
        for (const row of [2 * y, 2 * y + 1]) {
          const at = row * width + 2 * x;
          sum += full[x === 0 ? at : at - 1]! + 2 * full[at]! + full[at + 1]!;
        }
        plane.data[y * plane.stride + x] = Math.round(sum / 8);
      }
    }
  }
  return frame;
}

/** Decibels over all samples of all planes; 99 for equal frames. */
export function psnr(a: I420Frame, b: I420Frame): number {
  let [squares, samples] = [0, 0];
  for (const [one, other] of [
    [a.y, b.y],
    [a.u, b.u],
    [a.v, b.v],
  ] as const) {
    for (let y = 0; y < one.height; y++) {
      for (let x = 0; x < one.width; x++) {
        squares += (one.data[y * one.stride + x]! - other.data[y * other.stride + x]!) ** 2;
      }
    }
    samples += one.width * one.height;
  }
  return squares === 0 ? 99 : Math.min(99, 10 * Math.log10((255 * 255 * samples) / squares));
}

const WINDOW = 8;

/** Mean structural similarity of luma over 8 x 8 windows every 4 samples (Wang 2004, uniform window). */
export function ssim(a: Plane, b: Plane): number {
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  let [sum, windows] = [0, 0];
  for (let top = 0; top + WINDOW <= a.height; top += WINDOW / 2) {
    for (let left = 0; left + WINDOW <= a.width; left += WINDOW / 2) {
      const { meanA, meanB, varianceA, varianceB, covariance } = moments(a, b, left, top);
      const alike = (2 * meanA * meanB + c1) * (2 * covariance + c2);
      sum += alike / ((meanA ** 2 + meanB ** 2 + c1) * (varianceA + varianceB + c2));
      windows++;
    }
  }
  return sum / windows;
}

function moments(a: Plane, b: Plane, left: number, top: number) {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let y = top; y < top + WINDOW; y++) {
    for (let x = left; x < left + WINDOW; x++) {
      const [p, q] = [a.data[y * a.stride + x]!, b.data[y * b.stride + x]!];
      sumA += p;
      sumB += q;
      squaresA += p * p;
      squaresB += q * q;
      products += p * q;
    }
  }
  const n = WINDOW * WINDOW;
  const [meanA, meanB] = [sumA / n, sumB / n];
  return {
    meanA,
    meanB,
    varianceA: squaresA / n - meanA * meanA,
    varianceB: squaresB / n - meanB * meanB,
    covariance: products / n - meanA * meanB,
  };
}

/** Gates "first frame" and "last frame": the frame is the still, raw or after the encoder. */
export function judgeLikeness(
  which: 'first frame' | 'last frame',
  frame: I420Frame,
  still: RgbaImage,
  state: 'raw' | 'encoded',
): readonly Measurement[] {
  const reference = planesOf(still);
  const encodedTarget = which === 'first frame' ? 40 : 38;
  const atLeast = state === 'raw' ? 50 : encodedTarget;
  const psnrOf: Measurement = {
    gate: `${which}, ${state}`,
    value: psnr(frame, reference),
    unit: 'dB',
    atLeast,
  };
  if (state === 'encoded') return [psnrOf];
  return [psnrOf, { gate: `${which}, SSIM`, value: ssim(frame.y, reference.y), unit: '', atLeast: 0.99 }];
}

/** Gate "seed matters": two seeds give clips that differ visibly in mid-clip. */
export function judgeSeeds(one: I420Frame, other: I420Frame): Measurement {
  return { gate: 'seed matters', value: psnr(one, other), unit: 'dB', atMost: 45 };
}
