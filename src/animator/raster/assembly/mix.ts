// Lays one frame over another by weights at every 8th pixel, in WebAssembly SIMD. The arithmetic is in ../kernels.ts;
// ../mix-kernels-typescript.ts is the reference that this must match byte for byte.

/** (under * (256 - weight) + over * weight + 128) >> 8 of eight samples; the weights are in Q12. */
// @ts-ignore: decorator
@inline
function mixEight(target: usize, over: usize, weightQ12: v128): void {
  const weight = i16x8.shr_s(i16x8.add(weightQ12, i16x8.splat(8)), 4);
  const keep = i16x8.sub(i16x8.splat(256), weight);
  const sum = i16x8.add(
    i16x8.mul(v128.load8x8_u(target), keep),
    i16x8.mul(v128.load8x8_u(over), weight),
  );
  const mixed = i16x8.shr_u(i16x8.add(sum, i16x8.splat(128)), 8);
  v128.store64_lane(target, i8x16.narrow_i16x8_u(mixed, mixed), 0);
}

/** The weight on a line through a node and the one below it. */
// @ts-ignore: decorator
@inline
function edgeAt(node: usize, below: usize, step: i32, shift: i32): i32 {
  const top = <i32>load<i16>(node);
  return top + (((<i32>load<i16>(below) - top) * step) >> shift);
}

export function mixLuma(
  target: usize, over: usize, stride: i32, columns: i32, rows: i32,
  weights: usize, weightColumns: i32,
): void {
  const lanes = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  const rowBytes = <usize>weightColumns << 1;
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 8; line++) {
      let node = weights + <usize>row * rowBytes;
      let at = <usize>((row * 8 + line) * stride);
      let left = edgeAt(node, node + rowBytes, line, 3);
      for (let column = 0; column < columns; column++) {
        node += 2;
        const right = edgeAt(node, node + rowBytes, line, 3);
        const along = i16x8.shr_s(i16x8.mul(i16x8.splat(<i16>(right - left)), lanes), 3);
        mixEight(target + at, over + at, i16x8.add(i16x8.splat(<i16>left), along));
        left = right;
        at += 8;
      }
    }
  }
}

export function mixChroma(
  target: usize, over: usize, stride: i32, columns: i32, rows: i32,
  weights: usize, weightColumns: i32,
): void {
  const lanes = i16x8(0, 1, 2, 3, 0, 1, 2, 3);
  const rowBytes = <usize>weightColumns << 1;
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line < 4; line++) {
      let node = weights + <usize>row * rowBytes;
      let at = <usize>((row * 4 + line) * stride);
      let left = edgeAt(node, node + rowBytes, line, 2);
      for (let column = 0; column < columns; column += 2) {
        const middle = edgeAt(node + 2, node + 2 + rowBytes, line, 2);
        const right = edgeAt(node + 4, node + 4 + rowBytes, line, 2);
        const starts = v128.shuffle<i16>(i16x8.splat(<i16>left), i16x8.splat(<i16>middle), 0, 0, 0, 0, 8, 8, 8, 8);
        const rises = v128.shuffle<i16>(
          i16x8.splat(<i16>(middle - left)), i16x8.splat(<i16>(right - middle)), 0, 0, 0, 0, 8, 8, 8, 8,
        );
        mixEight(target + at, over + at, i16x8.add(starts, i16x8.shr_s(i16x8.mul(rises, lanes), 2)));
        left = right;
        node += 4;
        at += 8;
      }
    }
  }
}
