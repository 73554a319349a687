import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { GenerationRequest } from '#domain/task/generation-request.ts';
import type { InputPaths } from '#domain/task/task.ts';
import type { EngineCapabilities } from '#ports/engine.ts';
import { ScriptedEngine } from '#tests/fixtures/scripted-engine.ts';
import { checkCapabilities } from './check-capabilities.ts';

const REQUEST: GenerationRequest<string> = {
  prompt: 'p',
  images: ['a', 'b'],
  lastImage: 'c',
  referenceVideos: ['d'],
  referenceAudios: ['e'],
  resolution: '720p',
  durationSeconds: 5,
  longestDurationSeconds: 15,
  generateAudio: true,
  cameraFixed: false,
  webSearch: false,
};

const PATHS: InputPaths = {
  images: [
    ['image_urls', 0],
    ['image_urls', 1],
  ],
  lastImage: [['end_image_url']],
  referenceVideos: [['video_urls', 0]],
  referenceAudios: [['audio_urls', 0]],
};

const check = (capabilities: Partial<EngineCapabilities>, request: Partial<typeof REQUEST> = {}) =>
  checkCapabilities(new ScriptedEngine({ name: 'modest', capabilities }), { ...REQUEST, ...request }, PATHS);

it('an engine that can do everything is asked for everything', () => check({}));

it('what an engine cannot do is refused, naming engine and input', () => {
  const cases = [
    [{ maxImages: 1 }, ['image_urls', 1], /takes at most 1 pictures/],
    [{ lastImage: false }, ['end_image_url'], /cannot end on a given picture/],
    [{ referenceVideos: false }, ['video_urls', 0], /reference films/],
    [{ referenceAudios: false }, ['audio_urls', 0], /reference sounds/],
  ] as const;
  for (const [capabilities, path, message] of cases) {
    assert.throws(() => check(capabilities), { code: 'unsupported_by_engine', path, message });
    assert.throws(() => check(capabilities), { message: /"modest"/ });
  }
});

it('an engine that animates pictures needs one', () => {
  assert.throws(() => check({ needsImage: true }, { images: [] }), {
    code: 'unsupported_by_engine',
    path: undefined,
    message: /needs at least one/,
  });
  check({ needsImage: false }, { images: [] });
});

it('what is not asked for is not missed', () => {
  const { lastImage: _, ...withoutLast } = REQUEST;
  const engine = new ScriptedEngine({
    capabilities: { maxImages: 2, lastImage: false, referenceVideos: false, referenceAudios: false },
  });
  checkCapabilities(engine, { ...withoutLast, referenceVideos: [], referenceAudios: [] }, PATHS);
});
