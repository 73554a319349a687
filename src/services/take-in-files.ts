/** All files of one request: taken in together, or none of them kept. */
import type { InputPath } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { GenerationRequest, MediaReference } from '#domain/task/generation-request.ts';
import type { InputPaths } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import { type IntakePorts, type KnownFiles, type TakenFile, takeInImage } from './media-intake.ts';

export interface PlacedFile extends TakenFile {
  readonly path: InputPath;
}

/** @throws AnimaticError as `takeInImage` does. */
export async function takeInFiles(
  ports: IntakePorts,
  request: GenerationRequest<string>,
  paths: InputPaths,
  known: KnownFiles,
): Promise<{ readonly request: GenerationRequest<MediaReference>; readonly files: readonly PlacedFile[] }> {
  const files: PlacedFile[] = [];
  const take = async (text: string, path: InputPath): Promise<MediaReference> => {
    const file = await takeInImage(ports, text, path, known);
    files.push({ ...file, path });
    return file.reference;
  };
  try {
    const images: MediaReference[] = [];
    for (const [index, text] of request.images.entries())
      images.push(await take(text, paths.images![index]!));
    const lastImage =
      request.lastImage === undefined ? undefined : await take(request.lastImage, paths.lastImage![0]!);
    const { lastImage: _, ...rest } = request;
    // Engines that take films and sounds are asked before this; none of those references is inline.
    const referenceVideos = request.referenceVideos.map((url): MediaReference => ({ kind: 'url', url }));
    const referenceAudios = request.referenceAudios.map((url): MediaReference => ({ kind: 'url', url }));
    return {
      files,
      request: {
        ...rest,
        images,
        referenceVideos,
        referenceAudios,
        ...(lastImage === undefined ? {} : { lastImage }),
      },
    };
  } catch (error) {
    await forgetFiles(ports, files);
    throw error;
  }
}

/** Removes what was stored for a request that is not accepted. */
export async function forgetFiles(ports: Pick<Ports, 'assets'>, files: readonly TakenFile[]): Promise<void> {
  for (const file of files) if (file.storedAs !== undefined) await ports.assets.delete(file.storedAs);
}

/** The input as it is kept: inline files stand as the URLs under which they were stored. */
export function withUrls(input: JsonObject, files: readonly PlacedFile[], origin: string): JsonObject {
  const copy: Record<string, JsonValue> = structuredClone(input);
  for (const { path, urlPath } of files) {
    if (urlPath === undefined) continue;
    const [name, index] = path as readonly [string, number?];
    if (index === undefined) copy[name] = origin + urlPath;
    else (copy[name] as JsonValue[])[index] = origin + urlPath;
  }
  return copy;
}
