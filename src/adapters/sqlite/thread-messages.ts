/** What crosses the border between the program and the store's thread. */
import { AnimaticError, fromStoredError, type StoredError, toStoredError } from '#domain/errors.ts';
import type { QueuedCall } from './group-commit.ts';

export type ToThread =
  | { readonly kind: 'call'; readonly id: number; readonly call: QueuedCall }
  | { readonly kind: 'close' };

export type FromThread =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'answers'; readonly answers: readonly Answer[] };

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

/** An error in a form that survives the border: one for users intact, a defect with its text and stack for the log. */
export type Failure =
  | { readonly stored: StoredError }
  | { readonly name: string; readonly message: string; readonly stack: string | undefined };

export function toFailure(error: unknown): Failure {
  if (error instanceof AnimaticError) return { stored: toStoredError(error) };
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack };
}

export function fromFailure(failure: Failure): Error {
  if ('stored' in failure) return fromStoredError(failure.stored);
  const error = new Error(failure.message);
  error.name = failure.name;
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
