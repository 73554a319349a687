import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AVCOL_PRI_BT709, AVCOL_RANGE_MPEG, AVCOL_SPC_BT709, AVCOL_TRC_BT709 } from 'node-av/constants';
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import { decodeFrames } from '#tests/media/decode-frames.ts';
import { decodeSound } from '#tests/media/decode-sound.ts';
import { probeClip } from '#tests/media/probe-clip.ts';
import type { I420Frame, Plane } from '../raster/picture.ts';
import { SAMPLE_RATE, type StereoSound } from '../sound/stereo-sound.ts';
import { type ClipWriterOptions, createClipWriter, PROVENANCE_COMMENT } from './clip-writer.ts';

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'animatic-clips-'));
});

after(() => rmSync(folder, { recursive: true }));

const clip = (parts: Partial<ClipWriterOptions> & { readonly name: string }): ClipWriterOptions => ({
  path: join(folder, `${parts.name}.mp4`),
  size: { width: 320, height: 176 },
  frameCount: 24,
  sound: undefined,
  quality: 'quick',
  ...parts,
});

/** A texture of soft waves that drifts two pixels a frame, with a grain that the encoder has to work for. */
function paintTexture(frame: I420Frame, time: number): void {
  fillPlane(
    frame.y,
    (x, y) => 126 + 60 * Math.sin((x + 2 * time) / 9) * Math.cos(y / 13) + ((x * 7 + y * 13) % 11) - 5,
  );
  fillPlane(frame.u, (x, y) => 128 + 40 * Math.sin((x + time + y) / 21));
  fillPlane(frame.v, (x, y) => 128 + 40 * Math.cos((x + time - y) / 27));
}

function fillPlane({ data, width, height, stride }: Plane, value: (x: number, y: number) => number): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data[y * stride + x] = Math.round(value(x, y));
}

function write(options: ClipWriterOptions): string {
  const writer = createClipWriter(options);
  for (let time = 0; time < options.frameCount; time++) writer.addFrame((frame) => paintTexture(frame, time));
  writer.finish();
  return options.path;
}

/** Left: a tone that starts at 0.5 s. Right: silence. */
function toneSound(frameCount: number): StereoSound {
  const left = Float32Array.from({ length: frameCount * 2000 }, (_, i) =>
    i < 24_000 ? 0 : 0.5 * Math.sin(i / 12),
  );
  return { sampleRate: SAMPLE_RATE, left, right: new Float32Array(left.length) };
}

function painted(width: number, height: number, time: number): I420Frame {
  const plane = (w: number, h: number): Plane => ({
    data: new Uint8Array(w * h),
    width: w,
    height: h,
    stride: w,
  });
  const frame = {
    width,
    height,
    y: plane(width, height),
    u: plane(width / 2, height / 2),
    v: plane(width / 2, height / 2),
  };
  paintTexture(frame, time);
  return frame;
}

/** Peak signal-to-noise ratio of two planes in decibels. */
function psnr(a: Plane, b: Plane): number {
  let sum = 0;
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) sum += (a.data[y * a.stride + x]! - b.data[y * b.stride + x]!) ** 2;
  }
  return 10 * Math.log10(255 ** 2 / (sum / (a.width * a.height)));
}

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('a written clip', () => {
  it('has exactly its frames, its duration and its tags', () => {
    const probe = probeClip(write(clip({ name: 'five-seconds', frameCount: 120, sound: toneSound(120) })));
    assert.deepEqual([probe.width, probe.height, probe.frameCount], [320, 176, 120]);
    assert.deepEqual([probe.durationSeconds, probe.videoDurationSeconds, probe.videoStartSeconds], [5, 5, 0]);
    assert.equal(probe.videoCodec, 'h264');
    assert.match(probe.videoCodecString ?? '', /^avc1\.64/);
    assert.equal(probe.pixelFormat, 'yuv420p');
    assert.deepEqual(probe.colour, {
      range: AVCOL_RANGE_MPEG,
      primaries: AVCOL_PRI_BT709,
      transfer: AVCOL_TRC_BT709,
      matrix: AVCOL_SPC_BT709,
    });
    assert.deepEqual(probe.audio, {
      codec: 'aac',
      codecString: 'mp4a.40.2',
      sampleRate: 48_000,
      channels: 2,
      durationSeconds: 5,
      startSeconds: 0,
    });
    assert.deepEqual(probe.boxes, ['ftyp', 'moov', 'free', 'mdat']);
    assert.equal(probe.tags.comment, PROVENANCE_COMMENT);
    assert.equal(probe.tags.creation_time, undefined);
    assert.equal(probe.tags.encoder, undefined);
  });

  it('keeps the picture at any even size, also where rows are padded', () => {
    const sizes = [
      [1112, 834],
      [834, 1112],
      [1470, 630],
      [864, 496],
      [2, 2],
    ] as const;
    for (const [width, height] of sizes) {
      const path = write(clip({ name: `${width}x${height}`, size: { width, height }, frameCount: 5 }));
      const probe = probeClip(path);
      assert.deepEqual([probe.width, probe.height, probe.frameCount], [width, height, 5]);
      assert.equal(probe.audio, undefined);
      const [first, last] = decodeFrames(path, [0, 4]) as [I420Frame, I420Frame];
      for (const [frame, time] of [
        [first, 0],
        [last, 4],
      ] as const) {
        const expected = painted(width, height, time);
        for (const plane of ['y', 'u', 'v'] as const) {
          const decibels = psnr(frame[plane], expected[plane]);
          assert.ok(decibels > 36, `${width}x${height}, frame ${time}, ${plane}: ${decibels} dB`);
        }
      }
    }
  });

  it('is finer at high quality', () => {
    const expected = painted(320, 176, 12);
    const quality = (name: ClipQuality) => {
      const path = write(clip({ name, quality: name }));
      return { decibels: psnr(decodeFrames(path, [12])[0]!.y, expected.y), bytes: statSync(path).size };
    };
    const [quick, high] = [quality('quick'), quality('high')];
    assert.ok(high.decibels > quick.decibels + 1, `${quick.decibels} and ${high.decibels} dB`);
    assert.ok(high.bytes > quick.bytes);
  });

  it('keeps the sound sample by sample in time, channels apart', () => {
    const sound = toneSound(48);
    const decoded = decodeSound(write(clip({ name: 'tone', frameCount: 48, sound })));
    assert.equal(decoded.left.length, 96_000);
    const level = (samples: Float32Array, from: number, to: number) =>
      Math.sqrt(samples.subarray(from, to).reduce((sum, x) => sum + x * x, 0) / (to - from));
    assert.ok(level(decoded.left, 0, 23_000) < 0.005);
    assert.ok(level(decoded.right, 0, 96_000) < 0.01);
    const difference = decoded.left.map((x, i) => x - sound.left[i]!);
    assert.ok(level(difference, 30_000, 95_000) < 0.02, 'the tone has the same phase to its very end');
  });

  it('has the same bytes when written again', () => {
    for (const quality of ['quick', 'high'] as const) {
      const hashes = ['first', 'second', 'third'].map((name) =>
        sha256(write(clip({ name, quality, frameCount: 48, sound: toneSound(48) }))),
      );
      assert.equal(new Set(hashes).size, 1, `${quality}: ${hashes}`);
    }
  });
});

describe('the clip writer', () => {
  it('refuses odd sides and sound of another length', () => {
    assert.throws(
      () => createClipWriter(clip({ name: 'odd', size: { width: 321, height: 176 } })),
      RangeError,
    );
    assert.throws(() => createClipWriter(clip({ name: 'long', sound: toneSound(25) })), RangeError);
    assert.ok(!existsSync(join(folder, 'odd.mp4')) && !existsSync(join(folder, 'long.mp4')));
  });

  it('fails when the file cannot be opened', () => {
    const path = join(folder, 'no-such-folder', 'clip.mp4');
    assert.throws(() => createClipWriter(clip({ name: 'x', path })), /for writing failed: No such file/);
  });

  it('removes the file when abandoned, also twice', () => {
    const options = clip({ name: 'abandoned', sound: toneSound(24) });
    const writer = createClipWriter(options);
    for (let time = 0; time < 10; time++) writer.addFrame((frame) => paintTexture(frame, time));
    assert.ok(existsSync(options.path));
    writer.abandon();
    writer.abandon();
    assert.ok(!existsSync(options.path));
    assert.throws(() => writer.addFrame(() => {}), /abandoned/);
  });

  it('abandons the clip when painting fails', () => {
    const options = clip({ name: 'failed' });
    const writer = createClipWriter(options);
    writer.addFrame((frame) => paintTexture(frame, 0));
    assert.throws(
      () =>
        writer.addFrame(() => {
          throw new Error('no paint left');
        }),
      /no paint left/,
    );
    assert.ok(!existsSync(options.path));
    assert.throws(() => writer.finish(), /abandoned/);
  });

  it('refuses to finish early and to go on after the last frame', () => {
    const early = clip({ name: 'early' });
    const writer = createClipWriter(early);
    writer.addFrame((frame) => paintTexture(frame, 0));
    assert.throws(() => writer.finish(), /1 of its 24 frames/);
    assert.ok(!existsSync(early.path));
    const late = createClipWriter(clip({ name: 'late', frameCount: 1 }));
    late.addFrame((frame) => paintTexture(frame, 0));
    assert.throws(() => late.addFrame((frame) => paintTexture(frame, 1)), /all its frames/);
  });

  it('leaves a finished file alone when told to abandon it', () => {
    const options = clip({ name: 'finished', frameCount: 2 });
    const writer = createClipWriter(options);
    for (let time = 0; time < 2; time++) writer.addFrame((frame) => paintTexture(frame, time));
    writer.finish();
    writer.abandon();
    assert.equal(probeClip(options.path).frameCount, 2);
  });
});
