/** Reads a checked input by its fields' roles. */
import type { InputPath } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { AspectRatio } from '#domain/media/aspect-ratio.ts';
import type { Resolution } from '#domain/media/frame-size.ts';
import type { GenerationRequest } from '#domain/task/generation-request.ts';
import type { InputPaths } from '#domain/task/task.ts';
import type { Endpoint } from './endpoint.ts';
import { type FieldRole, RANDOM_SEED } from './field.ts';

interface PlacedText {
  readonly text: string;
  readonly path: InputPath;
}

export function toGenerationRequest(
  endpoint: Endpoint,
  input: JsonObject,
): { readonly request: GenerationRequest<string>; readonly inputPaths: InputPaths } {
  const images = imagesOf(endpoint, input);
  const lastImages = textsOf(endpoint, input, 'lastImage');
  const videos = textsOf(endpoint, input, 'referenceVideos');
  const audios = textsOf(endpoint, input, 'referenceAudios');
  const request: GenerationRequest<string> = {
    prompt: text(fieldValue(endpoint, input, 'prompt')) ?? '',
    images: images.map((item) => item.text),
    referenceVideos: videos.map((item) => item.text),
    referenceAudios: audios.map((item) => item.text),
    resolution: (text(fieldValue(endpoint, input, 'resolution')) ??
      endpoint.fixedResolution ??
      '720p') as Resolution,
    durationSeconds: durationOf(fieldValue(endpoint, input, 'duration')),
    longestDurationSeconds: endpoint.longestDurationSeconds,
    generateAudio: fieldValue(endpoint, input, 'generateAudio') !== false,
    cameraFixed: fieldValue(endpoint, input, 'cameraFixed') === true,
    webSearch: fieldValue(endpoint, input, 'webSearch') === true,
    ...(lastImages[0] === undefined ? {} : { lastImage: lastImages[0].text }),
    ...given('aspectRatio', aspectRatioOf(fieldValue(endpoint, input, 'aspectRatio'))),
    ...given('seed', seedOf(fieldValue(endpoint, input, 'seed'))),
    ...given('endUserId', text(fieldValue(endpoint, input, 'endUserId'))),
  };
  const paths = (items: readonly PlacedText[]) => items.map((item) => item.path);
  return {
    request,
    inputPaths: {
      images: paths(images),
      lastImage: paths(lastImages),
      referenceVideos: paths(videos),
      referenceAudios: paths(audios),
    },
  };
}

/** The list if there is one, else the single picture: clients that send both send the same picture twice. */
function imagesOf(endpoint: Endpoint, input: JsonObject): readonly PlacedText[] {
  const list = textsOf(endpoint, input, 'images');
  return list.length > 0 ? list : textsOf(endpoint, input, 'image');
}

function textsOf(endpoint: Endpoint, input: JsonObject, role: FieldRole): readonly PlacedText[] {
  const field = endpoint.fields.find((candidate) => candidate.role === role);
  const value = field === undefined ? undefined : input[field.name];
  if (field === undefined || value === undefined) return [];
  if (typeof value === 'string') return [{ text: value, path: [field.name] }];
  return (value as readonly string[]).map((item, index) => ({ text: item, path: [field.name, index] }));
}

function fieldValue(endpoint: Endpoint, input: JsonObject, role: FieldRole): JsonValue | undefined {
  const field = endpoint.fields.find((candidate) => candidate.role === role);
  return field === undefined ? undefined : input[field.name];
}

const text = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

const given = <Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } =>
  (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };

const aspectRatioOf = (value: JsonValue | undefined): AspectRatio | undefined =>
  value === undefined || value === 'auto' ? undefined : (value as AspectRatio);

const durationOf = (value: JsonValue | undefined): number | 'auto' =>
  value === undefined || value === 'auto' ? 'auto' : Number.parseInt(String(value), 10);

const seedOf = (value: JsonValue | undefined): number | undefined =>
  value === undefined || value === RANDOM_SEED ? undefined : Number(value);
