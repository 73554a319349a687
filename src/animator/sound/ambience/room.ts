import { BrownNoise, PinkNoise } from '../coloured-noise.ts';
import { CONTROL_INTERVAL, type Layer } from '../layer.ts';
import { type RandomStreams, within } from '../random-stream.ts';
import { SlowRandom } from '../slow-random.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE } from '../stereo-sound.ts';

/** A quiet room: soft, dark air that never quite stands still, without hum or hiss. */
export function addRoom(layer: Layer, streams: RandomStreams): void {
  addAir(layer.left, within(streams, 'left'), layer.durationSeconds);
  addAir(layer.right, within(streams, 'right'), layer.durationSeconds);
}

function addAir(channel: Float32Array, streams: RandomStreams, durationSeconds: number): void {
  const deep = new BrownNoise(streams('deep'));
  const air = new PinkNoise(streams('air'));
  const body = new StateVariableFilter(190, 0.6);
  const soft = new StateVariableFilter(420, 0.4);
  const drift = new SlowRandom(streams('drift'), 0.5, durationSeconds);
  for (let start = 0; start < channel.length; start += CONTROL_INTERVAL) {
    const level = 0.8 + 0.4 * drift.at(start / SAMPLE_RATE);
    const end = Math.min(start + CONTROL_INTERVAL, channel.length);
    for (let i = start; i < end; i++) {
      channel[i]! += level * (0.3 * body.bandPass(deep.next()) + 0.12 * soft.bandPass(air.next()));
    }
  }
}
