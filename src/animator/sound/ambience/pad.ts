/** Music without a tune: two warm chords that give way to each other under a slowly moving filter. */
import { powerOfTwo, sineOfTurns } from '../elementary-functions.ts';
import { CONTROL_INTERVAL, type Layer } from '../layer.ts';
import { type RandomStreams, within } from '../random-stream.ts';
import { SlowRandom } from '../slow-random.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE, samplesIn } from '../stereo-sound.ts';

/** Bright for warm and sunny pictures, dark for night and tension. */
export type PadMood = 'bright' | 'dark';

/** Semitones above the root: a chord and the one it moves to, five voices each, close together so that the change is a glide. */
const PROGRESSIONS: Readonly<Record<PadMood, readonly (readonly [readonly number[], readonly number[]])[]>> =
  {
    bright: [
      [
        [0, 7, 14, 16, 19],
        [-3, 7, 12, 16, 19],
      ],
      [
        [0, 7, 12, 16, 23],
        [5, 7, 12, 16, 21],
      ],
    ],
    dark: [
      [
        [0, 7, 14, 15, 19],
        [-4, 7, 12, 15, 19],
      ],
      [
        [0, 7, 12, 15, 22],
        [5, 8, 12, 15, 19],
      ],
    ],
  };

const CHORD_SECONDS = 4.5;
const CROSSFADE_SECONDS = 1.6;
/** Half the detuning between the two sides, as a share of the frequency: 5 cents. */
const DETUNE = 0.0029;
const ECHO = 0.12;

/** @param rootHertz Between 50 and 110; the deepest voice sounds an octave higher, the root itself as a soft sine. */
export function addPad(layer: Layer, streams: RandomStreams, mood: PadMood, rootHertz: number): void {
  const progression = streams('progression').pick(PROGRESSIONS[mood]);
  for (let start = 0, chord = 0; start < layer.durationSeconds; start += CHORD_SECONDS, chord++) {
    const voices = progression[chord % 2 === 0 ? 0 : 1].map(
      (semitones) => 2 * rootHertz * powerOfTwo(semitones / 12),
    );
    addVoices(
      layer,
      layer.left,
      voices.map((frequency) => frequency * (1 - DETUNE)),
      start,
      within(streams, `left ${chord}`),
    );
    addVoices(
      layer,
      layer.right,
      voices.map((frequency) => frequency * (1 + DETUNE)),
      start,
      within(streams, `right ${chord}`),
    );
  }
}

function addVoices(
  layer: Layer,
  channel: Float32Array,
  frequencies: readonly number[],
  startSeconds: number,
  streams: RandomStreams,
): void {
  const random = streams('phases');
  const steps = Float64Array.from(frequencies, (frequency) => frequency / SAMPLE_RATE);
  const phases = Float64Array.from(frequencies, () => random.unit());
  const subStep = steps[0]! / 2;
  let subPhase = random.unit();
  const filter = new StateVariableFilter(500, 0.8);
  const motion = new SlowRandom(streams('motion'), 0.4, layer.durationSeconds);
  const first = samplesIn(startSeconds);
  const length = samplesIn(CHORD_SECONDS + CROSSFADE_SECONDS);
  const end = Math.min(first + length, layer.sampleCount);
  for (let start = first; start < end; start += CONTROL_INTERVAL) {
    filter.tune(350 + 500 * motion.at(start / SAMPLE_RATE), 0.8);
    const level = 0.05 * chordLevel((start - first) / SAMPLE_RATE);
    for (let i = start; i < Math.min(start + CONTROL_INTERVAL, end); i++) {
      let sum = 0;
      for (let voice = 0; voice < steps.length; voice++) {
        const step = steps[voice]!;
        let phase = phases[voice]! + step;
        if (phase >= 1) phase -= 1;
        phases[voice] = phase;
        sum += sawtooth(phase, step);
      }
      subPhase += subStep;
      const sample = level * (filter.lowPass(sum) + 0.9 * sineOfTurns(subPhase));
      channel[i]! += sample;
      layer.echo[i]! += ECHO * sample;
    }
  }
}

/** Rises and falls over the crossfade, such that the powers of two chords add up to one. */
function chordLevel(secondsIntoChord: number): number {
  const rise = Math.min(1, secondsIntoChord / CROSSFADE_SECONDS);
  const fall = Math.min(1, (CHORD_SECONDS + CROSSFADE_SECONDS - secondsIntoChord) / CROSSFADE_SECONDS);
  return sineOfTurns(Math.max(0, Math.min(rise, fall)) / 4);
}

/** A sawtooth whose jump is rounded over two samples (PolyBLEP, Valimaki 2007), which keeps false overtones out. */
function sawtooth(phase: number, step: number): number {
  const saw = 2 * phase - 1;
  if (phase < step) {
    const x = phase / step - 1;
    return saw + x * x;
  }
  if (phase > 1 - step) {
    const x = (phase - 1) / step + 1;
    return saw - x * x;
  }
  return saw;
}
