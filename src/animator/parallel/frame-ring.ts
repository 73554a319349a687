/**
 * A ring of frames in shared memory, between the threads that draw a clip and the one that encodes it. Whoever draws takes the next
 * frame's number, so frames are begun in order and every one exactly once; the encoder takes them in order. At most as many frames as
 * the ring has slots are ahead of the encoder: who is farther ahead waits.
 *
 * Every slot counts its turns: even while it is free to be drawn into, odd while it holds a frame. Frame `i` belongs to slot
 * `i mod slots` and to its turns 2r and 2r + 1, where r is `i` divided by the count of slots.
 */
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { I420Frame, Plane } from '../raster/picture.ts';

/** What another thread needs to hold the same ring; can be posted to it. */
export interface RingShape {
  readonly size: FrameSize;
  readonly slotCount: number;
  readonly memory: SharedArrayBuffer;
}

/** The number of the next frame to draw, then the turns. */
const NEXT = 0;
const FIRST_TURN = 1;
const STOPPED = -1;

/** Cache lines are 64 bytes. */
const ALIGNMENT = 64;

const align = (byteLength: number): number => Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
const headerBytes = (slotCount: number): number => align(4 * (FIRST_TURN + slotCount));
const frameBytes = ({ width, height }: FrameSize): number => align((width * height * 3) / 2);

export class FrameRing {
  readonly shape: RingShape;
  readonly #state: Int32Array<SharedArrayBuffer>;
  readonly #frames: readonly I420Frame[];

  constructor(shape: RingShape) {
    const { size, slotCount, memory } = shape;
    this.shape = shape;
    this.#state = new Int32Array(memory, 0, FIRST_TURN + slotCount);
    this.#frames = Array.from({ length: slotCount }, (_, slot) =>
      frameAt(memory, headerBytes(slotCount) + slot * frameBytes(size), size),
    );
  }

  /** A ring of empty slots for frames of a size with even sides. */
  static allocate(size: FrameSize, slotCount: number): FrameRing {
    const memory = new SharedArrayBuffer(headerBytes(slotCount) + slotCount * frameBytes(size));
    return new FrameRing({ size: { width: size.width, height: size.height }, slotCount, memory });
  }

  /** The number of a frame that nobody else draws. */
  takeNext(): number {
    return Atomics.add(this.#state, NEXT, 1);
  }

  /** Blocks until there is room for a frame that was taken; undefined when the ring is stopped. Not for a thread that must not block. */
  waitForRoom(index: number): I420Frame | undefined {
    const { slot, turn } = this.#placeOf(index);
    for (;;) {
      const seen = Atomics.load(this.#state, slot);
      if (seen === STOPPED) return undefined;
      if (seen === turn) return this.#frames[slot - FIRST_TURN];
      Atomics.wait(this.#state, slot, seen);
    }
  }

  /** Hands a drawn frame over to the encoder. */
  publish(index: number): void {
    const { slot, turn } = this.#placeOf(index);
    Atomics.compareExchange(this.#state, slot, turn, turn + 1);
    Atomics.notify(this.#state, slot);
  }

  /** Resolves with a frame once it is drawn; its memory is the ring's until `release`. Rejects when the ring is stopped. */
  async whenDrawn(index: number): Promise<I420Frame> {
    const { slot, turn } = this.#placeOf(index);
    for (;;) {
      const seen = Atomics.load(this.#state, slot);
      if (seen === STOPPED) throw new Error('The ring of frames has been stopped.');
      if (seen === turn + 1) return this.#frames[slot - FIRST_TURN]!;
      const { value } = Atomics.waitAsync(this.#state, slot, seen);
      await value;
    }
  }

  /** Frees a frame's slot for another. */
  release(index: number): void {
    const { slot, turn } = this.#placeOf(index);
    Atomics.compareExchange(this.#state, slot, turn + 1, turn + 2);
    Atomics.notify(this.#state, slot);
  }

  /** Nothing more is drawn or taken, for good; whoever waits is woken. */
  stop(): void {
    for (let slot = FIRST_TURN; slot < this.#state.length; slot += 1) {
      Atomics.store(this.#state, slot, STOPPED);
      Atomics.notify(this.#state, slot);
    }
  }

  #placeOf(index: number): { readonly slot: number; readonly turn: number } {
    const { slotCount } = this.shape;
    return { slot: FIRST_TURN + (index % slotCount), turn: 2 * Math.floor(index / slotCount) };
  }
}

function frameAt(memory: SharedArrayBuffer, address: number, { width, height }: FrameSize): I420Frame {
  const plane = (offset: number, columns: number, rows: number): Plane => ({
    data: new Uint8Array(memory, address + offset, columns * rows),
    width: columns,
    height: rows,
    stride: columns,
  });
  const luma = width * height;
  return {
    width,
    height,
    y: plane(0, width, height),
    u: plane(luma, width / 2, height / 2),
    v: plane((luma * 5) / 4, width / 2, height / 2),
  };
}
