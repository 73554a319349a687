import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import { ENDPOINTS, findEndpoint } from './index.ts';
import { readInput, readPartialInput } from './read-input.ts';

const PICTURE = 'https://example.com/a.jpg';
const spicy = findEndpoint({ protocol: 'wavespeed', id: 'bytedance/seedance-2.0-fast/image-to-video-spicy' });
const standard = findEndpoint({ protocol: 'wavespeed', id: 'bytedance/seedance-2.0/image-to-video' });
const reference = findEndpoint({ protocol: 'fal', id: 'bytedance/seedance-2.0/reference-to-video' });

const faultsOf = (endpoint: typeof spicy, body: JsonObject) => {
  try {
    readInput(endpoint, body);
  } catch (error) {
    if (error instanceof InputError) return error.faults.map((fault) => [fault.code, fault.path]);
    throw error;
  }
  return [];
};

describe('readInput', () => {
  it('fills in defaults and drops what the endpoint does not know', () => {
    const { input } = readInput(spicy, { image: PICTURE, fps: 30, enable_sync_mode: true });
    assert.deepEqual(input, {
      image: PICTURE,
      resolution: '720p',
      duration: 5,
      generate_audio: true,
      seed: -1,
    });
  });

  it('takes numbers and switches spelled as text, and a prompt that is a number', () => {
    const { request } = readInput(spicy, {
      image: PICTURE,
      duration: '7',
      generate_audio: 'false',
      seed: '42',
      prompt: 1234,
    });
    assert.equal(request.durationSeconds, 7);
    assert.equal(request.generateAudio, false);
    assert.equal(request.seed, 42);
    assert.equal(request.prompt, '1234');
  });

  it('takes empty values for absent ones', () => {
    const { request, input } = readInput(spicy, {
      image: PICTURE,
      generate_audio: '',
      last_image: null,
      prompt: '',
      aspect_ratio: [],
    });
    assert.equal(request.generateAudio, true);
    assert.equal(request.lastImage, undefined);
    assert.ok(!('aspect_ratio' in input));
  });

  it('leaves -1 and a missing seed to be drawn, and keeps seed 0', () => {
    assert.equal(readInput(spicy, { image: PICTURE, seed: -1 }).request.seed, undefined);
    assert.equal(readInput(spicy, { image: PICTURE, seed: 0 }).request.seed, 0);
  });

  it('reports everything wrong at once, each with its path', () => {
    assert.deepEqual(faultsOf(spicy, { duration: 3, resolution: '4k' }), [
      ['missing_parameter', ['image']],
      ['invalid_parameter', ['resolution']],
      ['invalid_parameter', ['duration']],
    ]);
  });

  it('does not change the caller’s object', () => {
    const body = { image: PICTURE, duration: '7', unknown: 1 };
    readInput(spicy, body);
    assert.deepEqual(body, { image: PICTURE, duration: '7', unknown: 1 });
  });

  it('takes image and last_image in place of images, and any whole length', () => {
    const { request, inputPaths } = readInput(standard, {
      image: PICTURE,
      last_image: 'https://example.com/b.jpg',
      prompt: 'p',
      duration: 7,
    });
    assert.deepEqual(request.images, [PICTURE]);
    assert.equal(request.lastImage, 'https://example.com/b.jpg');
    assert.deepEqual(inputPaths, {
      images: [['image']],
      lastImage: [['last_image']],
      referenceVideos: [],
      referenceAudios: [],
    });
    assert.deepEqual(readInput(standard, { image: PICTURE, images: [PICTURE], prompt: 'p' }).request.images, [
      PICTURE,
    ]);
    assert.deepEqual(faultsOf(standard, { prompt: 'p' }), [['missing_parameter', ['images']]]);
    assert.deepEqual(faultsOf(standard, { images: ['a', 'b', 'c', 'd', 'e'], prompt: 'p' }), [
      ['invalid_parameter', ['images']],
    ]);
    assert.deepEqual(faultsOf(standard, { images: [PICTURE], prompt: 'p', duration: 16 }), [
      ['invalid_parameter', ['duration']],
    ]);
  });

  it('applies the rules between lists', () => {
    const files = (count: number) =>
      Array.from({ length: count }, (_, index) => `https://example.com/${index}`);
    assert.deepEqual(faultsOf(reference, { prompt: 'p', audio_urls: files(1) }), [
      ['missing_parameter', ['image_urls']],
    ]);
    assert.deepEqual(
      faultsOf(reference, { prompt: 'p', image_urls: files(9), video_urls: files(3), audio_urls: files(1) }),
      [['invalid_parameter', ['image_urls']]],
    );
  });

  it('reads an incomplete input for a quote, but not a wrong one', () => {
    assert.equal(readPartialInput(spicy, { duration: 9 }).request.durationSeconds, 9);
    assert.throws(() => readPartialInput(spicy, { duration: 99 }), InputError);
  });
});

it('related models are served, and each field has a title and a description', () => {
  for (const endpoint of ENDPOINTS) {
    for (const id of endpoint.page.related) assert.ok(findEndpoint({ protocol: endpoint.protocol, id }));
    for (const field of endpoint.fields)
      assert.ok(field.schema.title && field.schema.description, `${endpoint.id} ${field.name}`);
  }
});
