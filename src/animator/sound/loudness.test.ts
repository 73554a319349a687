import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { integratedLoudness } from './loudness.ts';
import { SAMPLE_RATE } from './stereo-sound.ts';

/** A sine at levels in dBFS, each held for some seconds. */
function tone(
  frequency: number,
  ...parts: readonly (readonly [decibels: number, seconds: number])[]
): Float32Array {
  const amplitudes = parts.flatMap(([decibels, seconds]) =>
    new Array<number>(Math.round(seconds * SAMPLE_RATE)).fill(10 ** (decibels / 20)),
  );
  return Float32Array.from(
    amplitudes,
    (amplitude, i) => amplitude * Math.sin((2 * Math.PI * frequency * i) / SAMPLE_RATE),
  );
}

function assertLoudness(left: Float32Array, right: Float32Array, expected: number): void {
  const actual = integratedLoudness({ left, right });
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= 0.1,
    `${actual} LUFS instead of ${expected}`,
  );
}

describe('integrated loudness', () => {
  it('reads the reference tones of BS.1770 and EBU Tech 3341', () => {
    const full = tone(997, [0, 2]);
    assertLoudness(full, new Float32Array(full.length), -3.01);
    const quiet = tone(1000, [-23, 2]);
    assertLoudness(quiet, quiet, -23);
  });

  it('weighs as the ear does: deep tones less, bright ones more', () => {
    const [deep, bright] = [tone(40, [-20, 2]), tone(8000, [-20, 2])];
    assertLoudness(deep, deep, -26.3);
    assertLoudness(bright, bright, -16.7);
  });

  it('leaves pauses and quiet stretches out of the mean', () => {
    const withPause = tone(1000, [-23, 3], [-200, 6]);
    assertLoudness(withPause, withPause, -23.2);
    const withQuiet = tone(1000, [-36, 3], [-23, 18], [-36, 3]);
    assertLoudness(withQuiet, withQuiet, -23);
  });

  it('has no value for silence', () => {
    const silence = new Float32Array(SAMPLE_RATE);
    assert.equal(integratedLoudness({ left: silence, right: silence }), undefined);
  });
});
