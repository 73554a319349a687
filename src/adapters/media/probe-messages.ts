/** What server and clip process say to each other; one question is open at a time. */
import type { StoredError } from '#domain/errors.ts';
import type { ClipFacts } from './clip-prober.ts';

export interface ToProbeProcess {
  readonly kind: 'probe';
  readonly filePath: string;
}

/** Besides `{ kind: 'ready' }`, which the host takes. */
export type FromProbeProcess =
  | { readonly kind: 'probed'; readonly facts: ClipFacts }
  | { readonly kind: 'refused'; readonly error: StoredError };
