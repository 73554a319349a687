import { AnimaticError, type InputPath } from '#domain/errors.ts';
import type { GenerationRequest } from '#domain/task/generation-request.ts';
import type { InputPaths } from '#domain/task/task.ts';
import type { Engine } from '#ports/engine.ts';

/**
 * Refuses what the engine behind the endpoint cannot do, before anything is charged.
 * @throws AnimaticError `unsupported_by_engine`, with the path of the first input that is too much.
 */
export function checkCapabilities(
  engine: Engine,
  request: GenerationRequest<unknown>,
  paths: InputPaths,
): void {
  const { capabilities } = engine;
  const refuse = (path: InputPath | undefined, what: string) => {
    throw new AnimaticError(
      'unsupported_by_engine',
      `The engine "${engine.name}" behind this endpoint ${what}.`,
      {
        ...(path === undefined ? {} : { path }),
      },
    );
  };
  if (request.images.length > capabilities.maxImages) {
    refuse(
      paths.images?.[capabilities.maxImages],
      `takes at most ${capabilities.maxImages} pictures; send fewer`,
    );
  }
  if (request.lastImage !== undefined && !capabilities.lastImage)
    refuse(paths.lastImage?.[0], 'cannot end on a given picture');
  if (request.referenceVideos.length > 0 && !capabilities.referenceVideos) {
    refuse(paths.referenceVideos?.[0], 'cannot use reference films; leave them out or bind another engine');
  }
  if (request.referenceAudios.length > 0 && !capabilities.referenceAudios) {
    refuse(paths.referenceAudios?.[0], 'cannot use reference sounds; leave them out or bind another engine');
  }
  if (request.images.length === 0 && capabilities.needsImage) {
    refuse(undefined, 'animates pictures and needs at least one; add one to the request');
  }
}
