/** What server and poster process say to each other; one question is open at a time. */
import type { StoredError } from '#domain/errors.ts';

export interface ToPosterProcess {
  readonly kind: 'poster';
  readonly clipPath: string;
}

/** Besides `{ kind: 'ready' }`, which the host takes. */
export type FromPosterProcess =
  | { readonly kind: 'made'; readonly poster: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'refused'; readonly error: StoredError };
