import { BrownNoise, PinkNoise } from '../coloured-noise.ts';
import { CONTROL_INTERVAL, type Layer } from '../layer.ts';
import { type RandomStreams, within } from '../random-stream.ts';
import { SlowRandom } from '../slow-random.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE } from '../stereo-sound.ts';

/** A gust reaches the right ear this much later, so that it passes across. */
const PASSAGE_SECONDS = 0.22;

/** Wind: pink noise whose pitch and level follow the same gusts, a thin whistle on their crests, and a low push underneath. */
export function addWind(layer: Layer, streams: RandomStreams): void {
  const gusts = new SlowRandom(streams('gusts'), 0.7, layer.durationSeconds);
  const flutter = new SlowRandom(streams('flutter'), 3.4, layer.durationSeconds);
  const strength = (timeSeconds: number) => 0.78 * gusts.at(timeSeconds) + 0.22 * flutter.at(timeSeconds);
  blow(layer.left, strength, within(streams, 'left'), layer.durationSeconds);
  blow(
    layer.right,
    (time) => strength(time - PASSAGE_SECONDS),
    within(streams, 'right'),
    layer.durationSeconds,
  );
}

function blow(
  channel: Float32Array,
  strength: (timeSeconds: number) => number,
  streams: RandomStreams,
  durationSeconds: number,
): void {
  const air = new PinkNoise(streams('air'));
  const push = new BrownNoise(streams('push'));
  const body = new StateVariableFilter(400);
  const whistle = new StateVariableFilter(1000, 9);
  const low = new StateVariableFilter(95, 0.6);
  const pitch = new SlowRandom(streams('pitch'), 0.5, durationSeconds);
  for (let start = 0; start < channel.length; start += CONTROL_INTERVAL) {
    const time = start / SAMPLE_RATE;
    const gust = strength(time);
    body.tune(220 + 700 * gust, 0.8);
    whistle.tune(700 + 500 * pitch.at(time) + 400 * gust, 11);
    const bodyLevel = 0.12 + 0.88 * gust * Math.sqrt(gust);
    const whistleLevel = 0.5 * gust * gust * gust;
    const lowLevel = 0.04 + 0.2 * gust;
    const end = Math.min(start + CONTROL_INTERVAL, channel.length);
    for (let i = start; i < end; i++) {
      const noise = air.next();
      channel[i]! +=
        bodyLevel * body.bandPass(noise) +
        whistleLevel * whistle.bandPass(noise) +
        lowLevel * low.bandPass(push.next());
    }
  }
}
