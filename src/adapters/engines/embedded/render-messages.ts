/** What server and render process say to each other. */
import type { StoredError } from '#domain/errors.ts';
import type { EngineClip, EngineJob, EngineLogLine } from '#ports/engine.ts';

export type ToRenderProcess =
  /** Sent only to a process that is ready and has no other job. */
  | { readonly kind: 'render'; readonly job: EngineJob }
  /** Stop at the next frame; answered with `stopped`, or with the ending that came first. */
  | { readonly kind: 'stop' };

/** Besides `{ kind: 'ready' }`, which is said once and taken by the host. */
export type FromRenderProcess =
  | { readonly kind: 'progress'; readonly progress: number }
  | { readonly kind: 'log'; readonly line: EngineLogLine }
  /** About the process and no job: for the operator. */
  | { readonly kind: 'notice'; readonly notice: ProcessNotice }
  /** What is wrong with the process; it ends itself right after. */
  | { readonly kind: 'fault'; readonly message: string }
  | RenderEnding;

export interface ProcessNotice {
  readonly level: 'info' | 'warn';
  readonly message: string;
}

/** How a job ends while its process lives on. */
export type RenderEnding =
  | { readonly kind: 'completed'; readonly clip: EngineClip }
  | { readonly kind: 'failed'; readonly error: StoredError }
  | { readonly kind: 'stopped' };
