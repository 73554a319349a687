import type { JsonObject } from '#domain/json.ts';

/** The AI SDK writes a resolution as `1280x720`: it stands for the one that is named by its shorter side. */
export function nameResolution(input: JsonObject): JsonObject {
  const { resolution } = input;
  if (typeof resolution !== 'string') return input;
  const sides = /^(\d{2,5})x(\d{2,5})$/.exec(resolution)?.slice(1).map(Number);
  return sides === undefined ? input : { ...input, resolution: `${Math.min(...sides)}p` };
}
