import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findEndpoint } from '#catalogue/index.ts';
import type { GenerationRequest } from '#domain/task/generation-request.ts';
import type { InputPaths } from '#domain/task/task.ts';
import type { EngineCapabilities } from '#ports/engine.ts';
import { ScriptedEngine } from '#tests/fixtures/scripted-engine.ts';
import { lackOf } from './check-capabilities.ts';

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
  webSearch: true,
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

const { fields } = findEndpoint({ protocol: 'fal', id: 'bytedance/seedance-2.0/image-to-video' });

const lack = (capabilities: Partial<EngineCapabilities>, request: Partial<typeof REQUEST> = {}) =>
  lackOf(new ScriptedEngine({ capabilities }).capabilities, {
    fields,
    request: { ...REQUEST, ...request },
    inputPaths: PATHS,
  });

it('an engine that can do everything lacks nothing, and a web search is no need', () => {
  assert.equal(lack({ webSearch: false }), undefined);
});

it('what an engine cannot do is named with its input', () => {
  const durationSeconds = { shortest: 6, longest: 8, auto: false };
  const cases = [
    [{ maxImages: 1 }, {}, ['image_urls', 1], /takes at most 1 pictures/],
    [{ maxImages: 0 }, {}, ['image_urls', 0], /takes no pictures/],
    [{ lastImage: false }, {}, ['end_image_url'], /cannot end on a given picture/],
    [{ referenceVideos: false }, {}, ['video_urls', 0], /reference films/],
    [{ referenceAudios: false }, {}, ['audio_urls', 0], /reference sounds/],
    [{ needsImage: true }, { images: [] }, undefined, /needs at least one/],
    [{ resolutions: ['480p', '1080p'] }, {}, ['resolution'], /does not make 720p; ask for 480p or 1080p/],
    [{ durationSeconds }, {}, ['duration'], /clips of 6 to 8 seconds/],
    [{ durationSeconds }, { durationSeconds: 9 }, ['duration'], /clips of 6 to 8 seconds/],
    [
      { durationSeconds },
      { durationSeconds: 'auto' },
      ['duration'],
      /choose the length itself; ask for 6 to 8/,
    ],
    [{ audio: false }, {}, ['generate_audio'], /silent clips/],
  ] as const;
  for (const [capabilities, request, path, what] of cases) {
    const found = lack(capabilities, request);
    assert.deepEqual(found?.path, path);
    assert.match(found?.what ?? '', what);
  }
});

it('what is not asked for is not missed', () => {
  const { lastImage: _, ...withoutLast } = REQUEST;
  const request = { ...withoutLast, referenceVideos: [], referenceAudios: [], generateAudio: false };
  const { capabilities } = new ScriptedEngine({
    capabilities: {
      maxImages: 2,
      lastImage: false,
      referenceVideos: false,
      referenceAudios: false,
      audio: false,
      durationSeconds: { shortest: 4, longest: 12, auto: false },
    },
  });
  assert.equal(lackOf(capabilities, { fields, request, inputPaths: PATHS }), undefined);
});
