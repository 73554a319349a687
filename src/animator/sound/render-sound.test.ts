import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertSameSamples } from '#tests/fixtures/same-samples.ts';
import type { Ambience, AmbienceName, Plan, SoundEvent } from '../director/plan.ts';
import { integratedLoudness } from './loudness.ts';
import { renderSound } from './render-sound.ts';
import { SAMPLE_RATE, type StereoSound } from './stereo-sound.ts';
import { truePeak } from './true-peak.ts';

const AMBIENCES: readonly AmbienceName[] = [
  'wind',
  'rain',
  'waves',
  'river',
  'fire',
  'city',
  'forest',
  'night',
  'room',
  'pad',
];
const EVENTS: readonly SoundEvent['kind'][] = ['whoosh', 'impact', 'thunder', 'footstep', 'heartbeat'];

function planOf(parts: Partial<Plan>): Plan {
  return {
    size: { width: 64, height: 64 },
    frameCount: 96,
    seed: 11,
    style: 'natural',
    shots: [],
    arrival: undefined,
    fluids: [],
    ambience: [],
    events: [],
    atmosphere: [],
    looks: [],
    notes: [],
    ...parts,
  };
}

const layer = (name: AmbienceName, levelDecibels = 0): Ambience => ({ name, levelDecibels });
const event = (kind: SoundEvent['kind'], timeSeconds: number, strength = 1): SoundEvent => ({
  kind,
  timeSeconds,
  strength,
});

const PLANS: Readonly<Record<string, Plan>> = {
  ...Object.fromEntries(AMBIENCES.map((name) => [name, planOf({ ambience: [layer(name)] })])),
  ...Object.fromEntries(
    EVENTS.map((kind) => [
      kind,
      planOf({ ambience: [layer('room', -12)], events: [event(kind, 1), event(kind, 2.5, 0.5)] }),
    ]),
  ),
  'events alone': planOf({
    events: [event('heartbeat', 0.4), event('heartbeat', 1.3), event('heartbeat', 2.2)],
  }),
  'a spicy storm': planOf({
    style: 'spicy',
    ambience: [layer('rain'), layer('wind', -6), layer('pad', -14)],
    events: [event('impact', 1.5), event('thunder', 2), event('whoosh', 3)],
  }),
};

function assertDeliverable(sound: StereoSound, frameCount: number, name: string): void {
  assert.equal(sound.left.length, frameCount * 2000, name);
  assert.equal(sound.right.length, frameCount * 2000, name);
  assert.ok([...sound.left, ...sound.right].every(Number.isFinite), `${name} has a sample that is no number`);
  const loudness = integratedLoudness(sound);
  assert.ok(loudness !== undefined && Math.abs(loudness + 18) <= 1, `${name}: ${loudness} LUFS`);
  const peak = 20 * Math.log10(Math.max(truePeak(sound.left), truePeak(sound.right)));
  assert.ok(peak <= -1, `${name}: ${peak} dBTP`);
}

describe('rendered sound', () => {
  it('has the exact length, -18 LUFS and a true peak under -1 dBTP, whatever the plan', () => {
    for (const [name, plan] of Object.entries(PLANS))
      assertDeliverable(renderSound(plan), plan.frameCount, name);
    assertDeliverable(
      renderSound(planOf({ frameCount: 360, ambience: [layer('waves')] })),
      360,
      'fifteen seconds',
    );
  });

  it('is the same, byte by byte, for the same plan', () => {
    for (const [name, plan] of Object.entries(PLANS)) {
      assertSameSamples(renderSound(plan), renderSound(structuredClone(plan)), name);
    }
  });

  it('is another for another seed', () => {
    for (const [name, plan] of Object.entries(PLANS)) {
      if (name === 'events alone') continue;
      const [one, other] = [renderSound(plan).left, renderSound({ ...plan, seed: plan.seed + 1 }).left];
      assert.ok(Math.abs(correlation(one, other)) < 0.97, `${name}: ${correlation(one, other)}`);
    }
  });

  it('surrounds: the sides of an ambience differ but are equally loud', () => {
    for (const name of AMBIENCES) {
      const { left, right } = renderSound(PLANS[name]!);
      assert.ok(correlation(left, right) < 0.7, `${name}: ${correlation(left, right)}`);
      const balance = 10 * Math.log10(power(left, 0, left.length) / power(right, 0, right.length));
      assert.ok(Math.abs(balance) < 3, `${name} leans by ${balance} dB`);
    }
  });

  it('fades in over 30 ms and out over 300 ms', () => {
    const { left } = renderSound(planOf({ ambience: [layer('rain')] }));
    const level = (fromSeconds: number, toSeconds: number) =>
      power(left, samples(fromSeconds), samples(toSeconds));
    const steady = level(1, 2);
    assert.equal(Math.abs(left[0]!), 0);
    assert.ok(level(0, 0.01) < steady / 20);
    assert.ok(level(0.03, 0.1) > steady / 4);
    assert.ok(level(3.6, 3.7) > steady / 4);
    assert.ok(level(3.95, 4) < steady / 20);
    assert.equal(Math.abs(left.at(-1)!), 0);
  });

  it('is silent when the plan names no sound', () => {
    const { left, right } = renderSound(planOf({}));
    assert.ok(left.every((sample) => sample === 0) && right.every((sample) => sample === 0));
  });

  it('keeps an ambience to its spans, and passes softly over their cuts', () => {
    const rain = { ...layer('rain'), spans: [{ firstFrame: 48, frameCount: 24 }] };
    const { left } = renderSound(planOf({ ambience: [rain] }));
    const level = (fromFrame: number, toFrame: number) =>
      left.subarray(2000 * fromFrame, 2000 * toFrame).reduce((sum, value) => sum + Math.abs(value), 0) /
      (2000 * (toFrame - fromFrame));
    assert.ok(level(52, 68) > 100 * level(0, 44), 'silent before');
    // The room goes on for a moment.
    assert.ok(level(52, 68) > 10 * level(84, 94), 'silent after');
    assert.ok(level(46, 48) > 0.05 * level(52, 68) && level(46, 48) < 0.8 * level(52, 68), 'no click');
  });

  it('brings a layer in at its level', () => {
    const rainAlone = renderSound(planOf({ ambience: [layer('rain')] }));
    const withPad = renderSound(planOf({ ambience: [layer('rain'), layer('pad', -20)] }));
    // Rain's own streams do not change with company: what differs is the pad, 20 dB down.
    const difference = withPad.left.map((sample, i) => sample - rainAlone.left[i]!);
    const loudness = integratedLoudness({
      left: difference,
      right: withPad.right.map((s, i) => s - rainAlone.right[i]!),
    });
    assert.ok(loudness !== undefined && Math.abs(loudness + 38) < 1.5, `${loudness} LUFS`);
  });
});

describe('events', () => {
  it('begin within 2 ms of their moment', () => {
    for (const kind of EVENTS.filter((name) => name !== 'whoosh')) {
      for (const time of [0.7, 2.1501]) {
        const sound = renderSound(planOf({ ambience: [layer('room', -20)], events: [event(kind, time)] }));
        const found = steepestRise(sound, time);
        assert.ok(Math.abs(found - time) <= 0.002, `${kind} at ${found} instead of ${time}`);
      }
    }
  });

  it('let a whoosh be loudest on its moment and pass from one side to the other', () => {
    const energy = new Float64Array(80);
    for (let seed = 0; seed < 8; seed++) {
      const { left, right } = renderSound(planOf({ seed, events: [event('whoosh', 2)] }));
      for (let hop = 0; hop < energy.length; hop++) {
        const from = samples(1.6 + hop * 0.01);
        energy[hop]! += power(left, from, from + samples(0.02)) + power(right, from, from + samples(0.02));
      }
      const before = power(left, samples(1.7), samples(1.9)) / power(right, samples(1.7), samples(1.9));
      const after = power(left, samples(2.08), samples(2.2)) / power(right, samples(2.08), samples(2.2));
      assert.ok(before > 1 !== after > 1, `seed ${seed}: ${before} then ${after}`);
    }
    const loudest = 1.6 + energy.indexOf(Math.max(...energy)) * 0.01 + 0.01;
    assert.ok(Math.abs(loudest - 2) <= 0.04, `loudest at ${loudest}`);
  });

  it('get louder with strength', () => {
    const plan = (strength: number) =>
      planOf({ ambience: [layer('rain')], events: [event('impact', 1, strength)] });
    const level = (strength: number) => power(renderSound(plan(strength)).left, samples(1), samples(1.2));
    assert.ok(level(1) > 3 * level(0.4));
  });

  it('build up to an impact in the spicy style alone', () => {
    const before = (style: Plan['style']) => {
      const sound = renderSound(
        planOf({ style, ambience: [layer('room', -12)], events: [event('impact', 2)] }),
      );
      return power(sound.left, samples(1.8), samples(1.99)) / power(sound.left, samples(0.5), samples(1));
    };
    assert.ok(before('spicy') > 4 * before('natural'));
  });

  it('may lie at the very edges of the clip and beyond', () => {
    const events = EVENTS.flatMap((kind) => [
      event(kind, 0),
      event(kind, 3.99),
      event(kind, 4),
      event(kind, 9),
    ]);
    assertDeliverable(renderSound(planOf({ ambience: [layer('wind')], events })), 96, 'edges');
  });
});

const samples = (seconds: number) => Math.round(seconds * SAMPLE_RATE);

/** Mean square from sample `from` up to `to`. */
function power(channel: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += channel[i]! * channel[i]!;
  return sum / (to - from);
}

function correlation(a: Float32Array, b: Float32Array): number {
  const product = a.reduce((sum, sample, i) => sum + sample * b[i]!, 0);
  return product / (a.length * Math.sqrt(power(a, 0, a.length) * power(b, 0, b.length)));
}

/** Where, within 60 ms of a time, the next 3 ms rise most above the 20 ms before; seconds. */
function steepestRise({ left, right }: StereoSound, timeSeconds: number): number {
  const energy = (from: number, to: number) => power(left, from, to) + power(right, from, to);
  let best = { ratio: 0, sample: 0 };
  for (let sample = samples(timeSeconds - 0.06); sample < samples(timeSeconds + 0.06); sample += 6) {
    const ratio = energy(sample, sample + samples(0.003)) / energy(sample - samples(0.02), sample);
    if (ratio > best.ratio) best = { ratio, sample };
  }
  return best.sample / SAMPLE_RATE;
}
