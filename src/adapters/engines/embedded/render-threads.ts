/**
 * Threads that draw one clip at a time, ahead of the thread that encodes it. Each prepares the clip for itself from the same pictures, which they
 * share: looking at them once more takes a core that is idle then, and nothing but the pictures and the frames crosses between threads.
 * The bytes of a frame do not depend on who draws it.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Plan } from '#animator/director/plan.ts';
import { FrameRing, type RingShape } from '#animator/parallel/frame-ring.ts';
import type { ClipInput } from '#animator/prepare-clip.ts';
import { copyFrame } from '#animator/raster/copy-frame.ts';
import type { RgbaImage } from '#animator/raster/picture.ts';
import { type BeginDrawing, type Drawing, drawHere } from './drawing.ts';

export interface ToRenderThread {
  readonly input: ClipInput;
  readonly ring: RingShape;
}

export type FromRenderThread =
  /** What is to be drawn; said before anything is. */
  | { readonly kind: 'planned'; readonly plan: Plan }
  /** The thread has drawn its share of the clip, or was stopped, and is free. */
  | { readonly kind: 'done' };

/** Beside this file, and in its language: TypeScript from the sources, JavaScript from a build. */
const RENDER_THREAD = new URL(`./render-thread${path.extname(import.meta.filename)}`, import.meta.url);

/** More do not make a clip faster: x264 and its two threads take two to three times as long over a frame as one of these. */
const MOST_THREADS = 2;

/**
 * How many threads draw in each of `processes` render processes: half of a process's share of the cores, the other half being the
 * encoder's; none where a process has but one core.
 */
export function countRenderThreads(cores: number, processes: number): number {
  return Math.min(MOST_THREADS, Math.floor(cores / processes / 2));
}

export class RenderThreads {
  readonly #threads: readonly RenderThread[];

  /** Starts `count` threads; without any, clips are drawn in the calling thread. */
  constructor(count: number, entry: URL = RENDER_THREAD) {
    this.#threads = Array.from({ length: count }, () => new RenderThread(entry));
  }

  /** Begins a clip; the one before it has ended. Rejects when a thread fails before the clip is planned. */
  readonly begin: BeginDrawing = (input) =>
    this.#threads.length === 0 ? drawHere(input) : this.#begin(withSharedPictures(input));

  /** Ends the threads, whatever they are doing. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  async #begin(input: ClipInput): Promise<Drawing> {
    // Two frames for each thread, one being drawn and one ready, and two for the encoder.
    const ring = FrameRing.allocate(input.stills[0]!, 2 * this.#threads.length + 2);
    const runs = this.#threads.map((thread) => thread.draw({ input, ring: ring.shape }));
    const failure = Promise.race(runs.map(({ failed }) => failed.promise));
    // Who waits for a frame hears of it; nobody may be waiting.
    failure.catch(() => ring.stop());
    const end = async () => {
      ring.stop();
      await Promise.all(runs.map(({ done }) => done.promise));
    };
    try {
      const plan = await Promise.race([failure, ...runs.map(({ planned }) => planned.promise)]);
      return { plan, end, frame: (index) => Promise.race([failure, takeFrame(ring, index)]) };
    } catch (error) {
      await end();
      throw error;
    }
  }
}

async function takeFrame(ring: FrameRing, index: number): ReturnType<Drawing['frame']> {
  const frame = await ring.whenDrawn(index);
  return (out) => {
    copyFrame(frame, out);
    ring.release(index);
  };
}

/** What one thread promises of one clip. */
class Run {
  readonly planned = Promise.withResolvers<Plan>();
  /** Resolves when the thread is free, or dead. */
  readonly done = Promise.withResolvers<void>();
  /** Never resolves; rejects when the thread dies. */
  readonly failed = Promise.withResolvers<never>();

  constructor() {
    // Nobody may be waiting when the thread dies.
    this.failed.promise.catch(() => this.done.resolve());
  }
}

class RenderThread {
  readonly #worker: Worker;
  /** Of the clip in hand, or of the last one. */
  #run = new Run();
  #death: Error | undefined;

  constructor(entry: URL) {
    this.#worker = new Worker(entry);
    this.#worker.on('message', (message: FromRenderThread) => {
      if (message.kind === 'done') this.#run.done.resolve();
      else this.#run.planned.resolve(message.plan);
    });
    this.#worker.once('error', (cause) => this.#die(`A render thread failed: ${cause.message}`, cause));
    this.#worker.once('exit', (code) => this.#die(`A render thread ended with code ${code}.`));
  }

  draw(message: ToRenderThread): Run {
    this.#run = new Run();
    if (this.#death === undefined) this.#worker.postMessage(message);
    else this.#run.failed.reject(this.#death);
    return this.#run;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #die(message: string, cause?: Error): void {
    this.#death ??= new Error(message, { cause });
    this.#run.failed.reject(this.#death);
  }
}

/** The same input with its pictures in memory that threads share, instead of a copy for each. */
function withSharedPictures({ stills, largeStills, surroundings, ...rest }: ClipInput): ClipInput {
  return {
    ...rest,
    stills: stills.map(shared),
    largeStills: (largeStills ?? []).map(shared),
    surroundings: (surroundings ?? []).map((image) => image && shared(image)),
  };
}

function shared({ width, height, data }: RgbaImage): RgbaImage {
  const copy = new Uint8Array(new SharedArrayBuffer(data.byteLength));
  copy.set(data);
  return { width, height, data: copy };
}
