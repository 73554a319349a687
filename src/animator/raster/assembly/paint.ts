// Makes the planes of a picture in WebAssembly SIMD. ../picture-planes.ts and ../doubled-plane.ts are the reference that they must match byte for
// byte.

import { nothing } from './unforeseen';

/** One row of luma from (count) pixels of RGBA; its samples lie (step) bytes apart. */
export function paintLuma(
  pixels: usize, count: i32, out: usize, step: i32, red: i32, green: i32, blue: i32, offset: i32,
): void {
  const low = i32x4.splat(0xff + nothing());
  const reds = i32x4.splat(red);
  const greens = i32x4.splat(green);
  const blues = i32x4.splat(blue);
  const offsets = i32x4.splat(offset);
  const end = count & ~3;
  for (let x = 0; x < end; x += 4) {
    const four = v128.load(pixels + (<usize>x << 2));
    const sum = i32x4.add(
      i32x4.add(
        i32x4.mul(v128.and(four, low), reds),
        i32x4.mul(v128.and(i32x4.shr_u(four, 8), low), greens),
      ),
      i32x4.add(i32x4.mul(v128.and(i32x4.shr_u(four, 16), low), blues), offsets),
    );
    const luma = i32x4.shr_s(sum, 16);
    const at = out + <usize>(x * step);
    store<u8>(at, <u8>i32x4.extract_lane(luma, 0));
    store<u8>(at + <usize>step, <u8>i32x4.extract_lane(luma, 1));
    store<u8>(at + <usize>(2 * step), <u8>i32x4.extract_lane(luma, 2));
    store<u8>(at + <usize>(3 * step), <u8>i32x4.extract_lane(luma, 3));
  }
  for (let x = end; x < count; x++) {
    const at = pixels + (<usize>x << 2);
    const sum = red * <i32>load<u8>(at) + green * <i32>load<u8>(at, 1) + blue * <i32>load<u8>(at, 2);
    store<u8>(out + <usize>(x * step), <u8>((sum + offset) >> 16));
  }
}

/** The channels of a pixel of two rows together, as 16-bit lanes. */
// @ts-ignore: decorator
@inline
function channelsOf(upper: usize, lower: usize): v128 {
  return i16x8.add(
    i16x8.extend_low_i8x16_u(v128.load32_zero(upper)),
    i16x8.extend_low_i8x16_u(v128.load32_zero(lower)),
  );
}

/** (weights) for the channels, plus (offset), over 2^19. */
// @ts-ignore: decorator
@inline
function differenceOf(channels: v128, weights: v128, offset: i32): u8 {
  const parts = i32x4.dot_i16x8_s(channels, weights);
  return <u8>((i32x4.extract_lane(parts, 0) + i32x4.extract_lane(parts, 1) + offset) >> 19);
}

/** One row of Cb and Cr from two rows of (count) pixels: 1-2-1 across, 1-1 down. */
export function paintChroma(
  upper: usize, lower: usize, count: i32, outCb: usize, outCr: usize, step: i32,
  redToCb: i32, greenToCb: i32, half: i32, greenToCr: i32, blueToCr: i32, offset: i32,
): void {
  const cb = i16x8.replace_lane(
    i16x8.replace_lane(i16x8.replace_lane(i16x8.splat(0), 0, <i16>redToCb), 1, <i16>greenToCb), 2, <i16>half,
  );
  const cr = i16x8.replace_lane(
    i16x8.replace_lane(i16x8.replace_lane(i16x8.splat(0), 0, <i16>half), 1, <i16>greenToCr), 2, <i16>blueToCr,
  );
  let left = channelsOf(upper, lower);
  for (let x = 0; x < count; x += 2) {
    const at = <usize>x << 2;
    const middle = channelsOf(upper + at, lower + at);
    const right = channelsOf(upper + at + 4, lower + at + 4);
    const sum = i16x8.add(i16x8.add(left, i16x8.shl(middle, 1)), right);
    const out = <usize>((x >> 1) * step);
    store<u8>(outCb + out, differenceOf(sum, cb, offset));
    store<u8>(outCr + out, differenceOf(sum, cr, offset));
    left = right;
  }
}

/** (outer, middle, inner) times sums of two samples, rounded from Q14: eight at a time. */
// @ts-ignore: decorator
@inline
function weigh(far: v128, near: v128, nearest: v128, outerMiddle: v128, innerNone: v128, half: v128): v128 {
  const none = i16x8.splat(0);
  const low = i32x4.add(
    i32x4.dot_i16x8_s(v128.shuffle<i16>(far, near, 0, 8, 1, 9, 2, 10, 3, 11), outerMiddle),
    i32x4.dot_i16x8_s(v128.shuffle<i16>(nearest, none, 0, 8, 1, 9, 2, 10, 3, 11), innerNone),
  );
  const high = i32x4.add(
    i32x4.dot_i16x8_s(v128.shuffle<i16>(far, near, 4, 12, 5, 13, 6, 14, 7, 15), outerMiddle),
    i32x4.dot_i16x8_s(v128.shuffle<i16>(nearest, none, 4, 12, 5, 13, 6, 14, 7, 15), innerNone),
  );
  const rounded = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(low, half), 14),
    i32x4.shr_s(i32x4.add(high, half), 14),
  );
  return i16x8.min_s(i16x8.max_s(rounded, none), i16x8.splat(255));
}

// @ts-ignore: decorator
@inline
function clampIndex(index: i32, last: i32): i32 {
  return max(0, min(last, index));
}

// @ts-ignore: decorator
@inline
function roundQ14(sum: i32): u8 {
  return <u8>max(0, min(255, (sum + 8192) >> 14));
}

/** The sample (x) of a row, from the even ones around it; near the row's ends, where those are repeated. */
function interpolateOne(row: usize, width: i32, x: i32, outer: i32, middle: i32, inner: i32): void {
  const last = width - 2;
  const far = <i32>load<u8>(row + clampIndex(x - 5, last)) + <i32>load<u8>(row + clampIndex(x + 5, last));
  const near = <i32>load<u8>(row + clampIndex(x - 3, last)) + <i32>load<u8>(row + clampIndex(x + 3, last));
  const nearest = <i32>load<u8>(row + clampIndex(x - 1, last)) + <i32>load<u8>(row + clampIndex(x + 1, last));
  store<u8>(row + x, roundQ14(outer * far + middle * near + inner * nearest));
}

/** The even samples from (at) on, eight of them as 16-bit lanes. */
// @ts-ignore: decorator
@inline
function evenSamples(at: usize, low: v128): v128 {
  return v128.and(v128.load(at), low);
}

export function doublePlane(
  plane: usize, stride: i32, width: i32, height: i32, outer: i32, middle: i32, inner: i32,
): void {
  const outerMiddle = i32x4.splat((middle << 16) | (outer & 0xffff));
  const innerNone = i32x4.splat(inner);
  const half = i32x4.splat(8192 + nothing());
  const low = i16x8.splat(<i16>(0xff + nothing()));
  for (let y = 0; y < height; y += 2) {
    const row = plane + <usize>(y * stride);
    let x = 1;
    for (; x < min(5, width); x += 2) interpolateOne(row, width, x, outer, middle, inner);
    // Eight samples at a time, as long as the last of them has six real neighbours.
    for (; x + 14 <= width - 7; x += 16) {
      const at = row + <usize>x;
      const before = evenSamples(at - 1, low);
      const made = weigh(
        i16x8.add(evenSamples(at - 5, low), evenSamples(at + 5, low)),
        i16x8.add(evenSamples(at - 3, low), evenSamples(at + 3, low)),
        i16x8.add(before, evenSamples(at + 1, low)),
        outerMiddle, innerNone, half,
      );
      v128.store(at - 1, v128.or(before, i16x8.shl(made, 8)));
    }
    for (; x < width; x += 2) interpolateOne(row, width, x, outer, middle, inner);
  }
  for (let y = 1; y < height; y += 2) {
    const last = height - 2;
    const a = plane + <usize>(clampIndex(y - 5, last) * stride);
    const b = plane + <usize>(clampIndex(y - 3, last) * stride);
    const c = plane + <usize>(clampIndex(y - 1, last) * stride);
    const d = plane + <usize>(clampIndex(y + 1, last) * stride);
    const e = plane + <usize>(clampIndex(y + 3, last) * stride);
    const f = plane + <usize>(clampIndex(y + 5, last) * stride);
    const out = plane + <usize>(y * stride);
    const end = width & ~7;
    for (let x: usize = 0; x < <usize>end; x += 8) {
      const made = weigh(
        i16x8.add(v128.load8x8_u(a + x), v128.load8x8_u(f + x)),
        i16x8.add(v128.load8x8_u(b + x), v128.load8x8_u(e + x)),
        i16x8.add(v128.load8x8_u(c + x), v128.load8x8_u(d + x)),
        outerMiddle, innerNone, half,
      );
      v128.store64_lane(out + x, i8x16.narrow_i16x8_u(made, made), 0);
    }
    for (let x = <usize>end; x < <usize>width; x++) {
      const far = <i32>load<u8>(a + x) + <i32>load<u8>(f + x);
      const near = <i32>load<u8>(b + x) + <i32>load<u8>(e + x);
      const nearest = <i32>load<u8>(c + x) + <i32>load<u8>(d + x);
      store<u8>(out + x, roundQ14(outer * far + middle * near + inner * nearest));
    }
  }
}
