import { BrownNoise, PinkNoise } from '../coloured-noise.ts';
import { sineOfTurns } from '../elementary-functions.ts';
import { CONTROL_INTERVAL, type Layer } from '../layer.ts';
import { type RandomStream, type RandomStreams, within } from '../random-stream.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE, samplesIn } from '../stereo-sound.ts';

/** A town from a window: the deep hum of all traffic, single cars that pass from side to side, now and then a horn far away. */
export function addCity(layer: Layer, streams: RandomStreams): void {
  addHum(layer.left, within(streams, 'left'));
  addHum(layer.right, within(streams, 'right'));
  const random = streams('cars');
  for (let time = random.between(-2.5, -1); time < layer.durationSeconds; time += random.between(1.7, 3.2)) {
    addCar(layer, time, random);
  }
  const horns = streams('horns');
  if (horns.unit() < 0.6) {
    const seconds = horns.between(0.15, 0.75) * layer.durationSeconds;
    layer.place(horn(horns), samplesIn(seconds), 0.02, horns.between(-0.8, 0.8), 1.4);
  }
}

function addHum(channel: Float32Array, streams: RandomStreams): void {
  const deep = new BrownNoise(streams('deep'));
  const air = new PinkNoise(streams('air'));
  const low = new StateVariableFilter(110, 0.6);
  const distance = new StateVariableFilter(420, 0.4);
  for (let i = 0; i < channel.length; i++) {
    channel[i]! += 0.3 * low.bandPass(deep.next()) + 0.12 * distance.bandPass(air.next());
  }
}

/** A car passes: noise of tyres and engine that swells, sinks in pitch as it turns away, and crosses the picture. */
function addCar(layer: Layer, startSeconds: number, random: RandomStream): void {
  const noise = new PinkNoise(random);
  const durationSeconds = random.between(3, 5.5);
  const centre = random.between(260, 480);
  const tyres = new StateVariableFilter(centre, 0.9);
  const direction = random.unit() < 0.5 ? 1 : -1;
  const gain = random.between(0.35, 0.8);
  const length = samplesIn(durationSeconds);
  const first = samplesIn(startSeconds);
  for (let block = 0; block < length; block += CONTROL_INTERVAL) {
    const progress = block / length;
    const bell = 0.5 - 0.5 * sineOfTurns(progress + 0.25);
    tyres.tune(centre * (1.15 - 0.3 * progress) * (0.8 + 0.6 * bell), 0.9);
    const level = gain * bell * bell;
    const right = 0.5 + direction * (progress - 0.5);
    for (let i = block; i < block + CONTROL_INTERVAL; i++) {
      const sample = level * tyres.bandPass(noise.next());
      const at = first + i;
      if (at < 0 || at >= layer.sampleCount) continue;
      layer.left[at]! += sample * Math.sqrt(1 - right);
      layer.right[at]! += sample * Math.sqrt(right);
    }
  }
}

/** Two notes a third apart, dull with distance; heard mostly through its echo. */
function horn(random: RandomStream): Float32Array {
  const frequency = random.between(330, 420);
  const length = samplesIn(random.between(0.35, 0.7));
  return Float32Array.from({ length }, (_, i) => {
    const turns = (frequency * i) / SAMPLE_RATE;
    const edge = Math.min(1, i / 1500, (length - i) / 3000);
    const low = sineOfTurns(turns) + 0.35 * sineOfTurns(2 * turns);
    const high = sineOfTurns(turns * 1.26) + 0.35 * sineOfTurns(2.52 * turns);
    return edge * (low + 0.8 * high);
  });
}
