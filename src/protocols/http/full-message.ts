import { InputError } from '#domain/errors.ts';

/** Everything that an error has to say: of a refused input all faults, so that they can be mended in one go. */
export const fullMessage = (error: { readonly message: string }): string =>
  error instanceof InputError ? error.faults.map((fault) => fault.message).join(' ') : error.message;
