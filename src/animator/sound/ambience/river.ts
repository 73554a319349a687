import { cube, exponential, sineOfTurns } from '../elementary-functions.ts';
import { CONTROL_INTERVAL, type Layer } from '../layer.ts';
import { type RandomStream, type RandomStreams, within } from '../random-stream.ts';
import { SlowRandom } from '../slow-random.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE } from '../stereo-sound.ts';

const BUBBLES_PER_SECOND = 60;
const BUBBLE_KINDS = 48;

/** A stream over stones: three bands of noise that swirl independently, and the babble of bubbles. */
export function addRiver(layer: Layer, streams: RandomStreams): void {
  addFlow(layer.left, within(streams, 'left'), layer.durationSeconds);
  addFlow(layer.right, within(streams, 'right'), layer.durationSeconds);
  const random = streams('bubbles');
  const bubbles = Array.from({ length: BUBBLE_KINDS }, () => bubble(random));
  for (let n = BUBBLES_PER_SECOND * layer.durationSeconds; n > 0; n--) {
    const gain = 0.02 + 0.15 * cube(random.unit());
    layer.place(random.pick(bubbles), random.index(layer.sampleCount), gain, random.between(-0.8, 0.8));
  }
}

function addFlow(channel: Float32Array, streams: RandomStreams, durationSeconds: number): void {
  const random = streams('noise');
  const bands = [
    new StateVariableFilter(400, 0.7),
    new StateVariableFilter(1200, 0.8),
    new StateVariableFilter(3500, 0.6),
  ] as const;
  const swirls = [1.1, 1.9, 2.7].map(
    (rate, i) => new SlowRandom(streams(`swirl ${i}`), rate, durationSeconds),
  );
  for (let start = 0; start < channel.length; start += CONTROL_INTERVAL) {
    const time = start / SAMPLE_RATE;
    const lowLevel = 0.3 * (0.6 + 0.6 * swirls[0]!.at(time));
    const middleLevel = 0.16 * (0.5 + 0.8 * swirls[1]!.at(time));
    const highLevel = 0.05 * (0.5 + 0.8 * swirls[2]!.at(time));
    const end = Math.min(start + CONTROL_INTERVAL, channel.length);
    for (let i = start; i < end; i++) {
      const white = random.signed();
      channel[i]! +=
        lowLevel * bands[0].bandPass(white) +
        middleLevel * bands[1].bandPass(white) +
        highLevel * bands[2].bandPass(white);
    }
  }
}

/** An air bubble under water: a decaying sine whose pitch rises as it nears the surface. */
function bubble(random: RandomStream): Float32Array {
  const smallness = random.unit();
  const frequency = 380 + 1400 * smallness * smallness;
  const decay = random.between(0.008, 0.03) * SAMPLE_RATE;
  const rise = random.between(0.02, 0.15);
  return Float32Array.from({ length: Math.round(5 * decay) }, (_, i) => {
    const turns = (frequency * i * (1 + (rise * i) / decay)) / SAMPLE_RATE;
    return Math.min(1, i / 60) * exponential(-i / decay) * sineOfTurns(turns);
  });
}
