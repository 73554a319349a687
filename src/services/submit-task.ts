/**
 * Accepts a request: reads, prices and holds it, and puts it into the queue. When the promise resolves the task is durable;
 * when it rejects nothing was charged and nothing is kept.
 */
import { findEndpoint } from '#catalogue/index.ts';
import { quote } from '#catalogue/price.ts';
import { readInput } from '#catalogue/read-input.ts';
import type { EndpointKey } from '#domain/endpoint-key.ts';
import type { InputPath } from '#domain/errors.ts';
import { taskId } from '#domain/ids.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { GenerationRequest, MediaReference } from '#domain/task/generation-request.ts';
import type { InputPaths, Task } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import type { Principal } from './api-keys.ts';
import { checkCapabilities } from './check-capabilities.ts';
import { type TakenFile, takeInImage } from './media-intake.ts';

type SubmitPorts = Pick<Ports, 'assets' | 'clock' | 'engines' | 'ids' | 'signals' | 'stills' | 'tasks'>;

export interface SubmitTask {
  readonly principal: Principal;
  readonly endpoint: EndpointKey;
  /** The model input as it came. */
  readonly body: JsonObject;
  /** Origins under which this server's files are known to clients; the first is used in stored URLs. */
  readonly ownOrigins: readonly [string, ...string[]];
}

/** @throws AnimaticError `unknown_endpoint`, `insufficient_credit`, `unsupported_by_engine`, media codes; InputError. */
export async function submitTask(ports: SubmitPorts, command: SubmitTask): Promise<Task> {
  const endpoint = findEndpoint(command.endpoint);
  const read = readInput(endpoint, command.body);
  const engine = ports.engines.engineFor(command.endpoint);
  checkCapabilities(engine, read.request, read.inputPaths);
  const { price } = quote(endpoint, read.request);
  const taken = await takeInFiles(ports, read.request, read.inputPaths, command.ownOrigins);
  const now = ports.clock.now();
  const task: Task = {
    id: taskId(ports.ids.hex(16)),
    accountId: command.principal.accountId,
    apiKeyId: command.principal.apiKeyId,
    endpoint: { protocol: endpoint.protocol, id: endpoint.id },
    request: { ...taken.request, seed: read.request.seed ?? ports.ids.seed() },
    input: withUrls(read.input, taken.files, command.ownOrigins[0]),
    inputPaths: read.inputPaths,
    state: 'created',
    attempt: 0,
    crashes: 0,
    progress: 0,
    held: price,
    engine: engine.name,
    createdAt: now,
  };
  try {
    await ports.tasks.submit(task);
  } catch (error) {
    await forget(ports, taken.files);
    throw error;
  }
  ports.signals.announceWork();
  return task;
}

interface PlacedFile extends TakenFile {
  readonly path: InputPath;
}

async function takeInFiles(
  ports: SubmitPorts,
  request: GenerationRequest<string>,
  paths: InputPaths,
  ownOrigins: readonly string[],
): Promise<{ readonly request: GenerationRequest<MediaReference>; readonly files: readonly PlacedFile[] }> {
  const files: PlacedFile[] = [];
  const take = async (text: string, path: InputPath): Promise<MediaReference> => {
    const file = await takeInImage(ports, text, path, ownOrigins);
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
    await forget(ports, files);
    throw error;
  }
}

async function forget(ports: Pick<Ports, 'assets'>, files: readonly TakenFile[]): Promise<void> {
  for (const file of files) if (file.storedAs !== undefined) await ports.assets.delete(file.storedAs);
}

/** The input as it is kept: inline files stand as the URLs under which they were stored. */
function withUrls(input: JsonObject, files: readonly PlacedFile[], origin: string): JsonObject {
  const copy: Record<string, JsonValue> = structuredClone(input);
  for (const { path, urlPath } of files) {
    if (urlPath === undefined) continue;
    const [name, index] = path as readonly [string, number?];
    if (index === undefined) copy[name] = origin + urlPath;
    else (copy[name] as JsonValue[])[index] = origin + urlPath;
  }
  return copy;
}
