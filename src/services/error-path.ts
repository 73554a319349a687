import { AnimaticError, type InputPath } from '#domain/errors.ts';

/** Runs `action`; a user-facing error that names no input yet gets `path` and says so in its text. */
export async function atPath<Result>(path: InputPath, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof AnimaticError) || error.path !== undefined) throw error;
    throw withPath(error, path);
  }
}

/** The same error, naming the input at fault. */
export function withPath(error: AnimaticError, path: InputPath): AnimaticError {
  return new AnimaticError(error.code, `"${path.join('.')}": ${error.message}`, {
    path,
    cause: error,
    ...(error.details === undefined ? {} : { details: error.details }),
  });
}
