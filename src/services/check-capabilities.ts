import type { Field, FieldRole } from '#catalogue/field.ts';
import type { InputPath } from '#domain/errors.ts';
import type { GenerationRequest } from '#domain/task/generation-request.ts';
import type { InputPaths } from '#domain/task/task.ts';
import type { EngineCapabilities } from '#ports/engine.ts';

/** Something that was asked for and is not to be had. */
export interface Lack {
  /** What is said of the engine: `cannot end on a given picture`. */
  readonly what: string;
  /** The input that asks for it, where one does. */
  readonly path?: InputPath;
}

/** A request as it was read, and where its parts stood in the caller's input. */
export interface ReadRequest {
  readonly fields: readonly Field[];
  readonly request: GenerationRequest<unknown>;
  readonly inputPaths: InputPaths;
}

/**
 * The first thing of the request that such an engine cannot do; undefined when it can do everything. An engine that cannot search the
 * web lacks nothing: the clip is made without.
 */
export function lackOf(capabilities: EngineCapabilities, read: ReadRequest): Lack | undefined {
  return lackOfMedia(capabilities, read) ?? lackOfShape(capabilities, read);
}

const at = (what: string, path: InputPath | undefined): Lack => ({
  what,
  ...(path === undefined ? {} : { path }),
});

function lackOfMedia(
  capabilities: EngineCapabilities,
  { request, inputPaths }: ReadRequest,
): Lack | undefined {
  const { maxImages } = capabilities;
  if (request.images.length > maxImages) {
    const most =
      maxImages === 0
        ? 'takes no pictures; leave them out'
        : `takes at most ${maxImages} pictures; send fewer`;
    return at(most, inputPaths.images?.[maxImages]);
  }
  if (request.lastImage !== undefined && !capabilities.lastImage)
    return at('cannot end on a given picture', inputPaths.lastImage?.[0]);
  if (request.referenceVideos.length > 0 && !capabilities.referenceVideos)
    return at('cannot use reference films; leave them out', inputPaths.referenceVideos?.[0]);
  if (request.referenceAudios.length > 0 && !capabilities.referenceAudios)
    return at('cannot use reference sounds; leave them out', inputPaths.referenceAudios?.[0]);
  if (request.images.length === 0 && capabilities.needsImage)
    return { what: 'animates pictures and needs at least one; add one to the request' };
  return undefined;
}

function lackOfShape(capabilities: EngineCapabilities, { request, fields }: ReadRequest): Lack | undefined {
  const pathOf = (role: FieldRole): InputPath | undefined => {
    const name = fields.find((field) => field.role === role)?.name;
    return name === undefined ? undefined : [name];
  };
  const { resolutions, durationSeconds, audio } = capabilities;
  if (!resolutions.includes(request.resolution)) {
    const instead = `ask for ${resolutions.join(' or ')}`;
    return at(`does not make ${request.resolution}; ${instead}`, pathOf('resolution'));
  }
  const { shortest, longest, auto } = durationSeconds;
  const wanted = request.durationSeconds;
  if (wanted === 'auto' && !auto) {
    const instead = `ask for ${shortest} to ${longest} seconds`;
    return at(`does not choose the length itself; ${instead}`, pathOf('duration'));
  }
  if (wanted !== 'auto' && (wanted < shortest || wanted > longest))
    return at(`makes clips of ${shortest} to ${longest} seconds`, pathOf('duration'));
  if (request.generateAudio && !audio)
    return at('makes silent clips; switch the sound off', pathOf('generateAudio'));
  return undefined;
}
