/** What server and inspection process say to each other; one question is open at a time. */
import type { StoredError } from '#domain/errors.ts';
import type { StillInfo } from '#domain/media/still-info.ts';

export interface ToInspectionProcess {
  readonly kind: 'inspect';
  readonly filePath: string;
}

/** Besides `{ kind: 'ready' }`, which the host takes. */
export type FromInspectionProcess =
  | { readonly kind: 'inspected'; readonly info: StillInfo }
  | { readonly kind: 'refused'; readonly error: StoredError };
