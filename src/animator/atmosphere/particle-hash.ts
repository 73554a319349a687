/** A fresh even value in 0..1 for each turn of a particle's life, from the particle's own 32-bit key. */
export function unitOfTurn(key: number, turn: number): number {
  let hash = Math.imul(key ^ Math.imul(turn, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) * 2 ** -32;
}
