/** The program of a thread that draws frames: prepares one clip after another for itself, and takes its share of each one's frames. */
import { parentPort } from 'node:worker_threads';
import { fillRing } from '#animator/parallel/fill-ring.ts';
import { FrameRing } from '#animator/parallel/frame-ring.ts';
import { prepareClip } from '#animator/prepare-clip.ts';
import type { FromRenderThread, ToRenderThread } from './render-threads.ts';

const say = (message: FromRenderThread): void => parentPort!.postMessage(message);

parentPort!.on('message', ({ input, ring }: ToRenderThread) => {
  const clip = prepareClip(input);
  say({ kind: 'planned', plan: clip.plan });
  fillRing(clip, new FrameRing(ring));
  say({ kind: 'done' });
});
