import { BrownNoise } from '../coloured-noise.ts';
import { exponential } from '../elementary-functions.ts';
import { CONTROL_INTERVAL, type Layer } from '../layer.ts';
import { type RandomStreams, within } from '../random-stream.ts';
import { StateVariableFilter } from '../state-variable-filter.ts';
import { SAMPLE_RATE } from '../stereo-sound.ts';

/** A wave that rolls up, breaks and runs out. */
interface Wave {
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly height: number;
  /** How much later the right side breaks; negative for earlier. */
  readonly slantSeconds: number;
}

/** Share of a wave's time until it breaks. */
const BREAK = 0.35;

/** Surf: noise that opens as each wave rolls up and closes as it runs out, with the hiss of the foam trailing behind. */
export function addWaves(layer: Layer, streams: RandomStreams): void {
  const waves = rollIn(layer.durationSeconds, streams);
  addShore(layer.left, within(streams, 'left'), (time) => swell(waves, time, -0.5));
  addShore(layer.right, within(streams, 'right'), (time) => swell(waves, time, 0.5));
}

/** The first wave breaks about a second in; each next one comes before the last has run out. */
function rollIn(durationSeconds: number, streams: RandomStreams): Wave[] {
  const random = streams('waves');
  const waves: Wave[] = [];
  for (let start = random.between(-1.6, -1); start < durationSeconds; start += random.between(3.4, 5)) {
    waves.push({
      startSeconds: start,
      durationSeconds: random.between(6.2, 7.8),
      height: random.between(0.65, 1),
      slantSeconds: random.between(-0.7, 0.7),
    });
  }
  return waves;
}

/** @param side -0.5 left, 0.5 right. */
function swell(waves: readonly Wave[], timeSeconds: number, side: number): number {
  let total = 0;
  for (const wave of waves) {
    const progress = (timeSeconds - wave.startSeconds - wave.slantSeconds * side) / wave.durationSeconds;
    if (progress <= 0 || progress > 3) continue;
    const rise = progress / BREAK;
    total += wave.height * (progress < BREAK ? rise * rise : exponential(-4 * (progress - BREAK)));
  }
  return total;
}

function addShore(
  channel: Float32Array,
  streams: RandomStreams,
  swellAt: (timeSeconds: number) => number,
): void {
  const random = streams('noise');
  const spray = streams('spray');
  const deep = new BrownNoise(streams('deep'));
  const water = new StateVariableFilter(250);
  const foam = new StateVariableFilter(3200);
  const low = new StateVariableFilter(100, 0.6);
  for (let start = 0; start < channel.length; start += CONTROL_INTERVAL) {
    const time = start / SAMPLE_RATE;
    const height = swellAt(time);
    const trailing = swellAt(time - 0.5);
    water.tune(250 + 3200 * Math.min(1.2, height * height), 0.75);
    const waterLevel = 0.05 + 0.6 * height;
    const foamLevel = 0.012 + 0.07 * trailing * trailing;
    const lowLevel = 0.06 + 0.3 * height;
    const end = Math.min(start + CONTROL_INTERVAL, channel.length);
    for (let i = start; i < end; i++) {
      const rush = waterLevel * water.lowPass(random.signed()) + foamLevel * foam.highPass(spray.signed());
      channel[i]! += rush + lowLevel * low.bandPass(deep.next());
    }
  }
}
