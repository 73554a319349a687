// What keeps the compiler of the host from doing more than it should.

/**
 * Zero, though the compiler cannot know: V8 makes a constant vector anew wherever it is used, three instructions each time, but keeps in a
 * register what depends on a number that it cannot foresee (a fifth of the warp's time).
 */
// @ts-ignore: decorator
@inline
export function nothing(): i32 {
  return memory.size() >> 17;
}
