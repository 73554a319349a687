/**
 * Random numbers from the clip's seed. Each use has a stream of its own, keyed by name, so that one layer more or less leaves all
 * other layers as they were.
 */

/** Marsaglia's xorshift32: period 2^32 - 1, a nanosecond a number, integer arithmetic only. */
export class RandomStream {
  #state: number;

  /** @param key Any 32-bit number but 0. */
  constructor(key: number) {
    this.#state = key;
  }

  /** Evenly spread over [0, 1). */
  unit(): number {
    return (this.#next() >>> 0) * 2 ** -32;
  }

  /** Evenly spread over [-1, 1): white noise. */
  signed(): number {
    return this.#next() * 2 ** -31;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** A whole number from 0 to `count - 1`. */
  index(count: number): number {
    return Math.floor(this.unit() * count);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.index(items.length)]!;
  }

  #next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return x;
  }
}

/** Gives the stream of a name; the same name gives the same numbers again. */
export type RandomStreams = (name: string) => RandomStream;

/** The streams of a seed: any whole number. */
export function randomStreams(seed: number): RandomStreams {
  const low = seed | 0;
  const high = Math.floor(seed / 2 ** 32) | 0;
  return (name) => new RandomStream(hash(low, high, name) || 1);
}

/** The streams whose names begin with `prefix`. */
export const within =
  (streams: RandomStreams, prefix: string): RandomStreams =>
  (name) =>
    streams(`${prefix}/${name}`);

/** FNV-1a over name and seed, then the finaliser of MurmurHash3, which lets every bit of the input reach every bit of the key. */
function hash(low: number, high: number, name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ low, 0x01000193);
  h = finalise(h);
  h = Math.imul(h ^ high, 0x01000193);
  return finalise(h);
}

function finalise(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
