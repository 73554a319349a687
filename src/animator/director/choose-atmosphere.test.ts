import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { direct } from './direct.ts';
import type { Plan } from './plan.ts';

const grid = { width: 2, height: 2, data: new Float32Array([0, 0, 1, 1]) };

function plan(
  prompt: string,
  changes: { seed?: number; durationSeconds?: number; cameraFixed?: boolean } = {},
): Plan {
  return direct({
    prompt,
    scenes: [
      {
        depth: grid,
        sky: grid,
        confidence: { ground: 1, subject: 0, flat: 0 },
        horizon: 0.4,
        subjectDepth: 0.5,
        focus: { x: 0.5, y: 0.5 },
        areas: {},
      },
    ],
    size: { width: 1280, height: 720 },
    durationSeconds: 5,
    cameraFixed: false,
    hasLastImage: false,
    seed: 1,
    style: 'natural',
    ...changes,
  });
}

const timesOf = ({ events }: Plan, kind: Plan['events'][number]['kind']): number[] =>
  events.filter((event) => event.kind === kind).map((event) => event.timeSeconds);
const noteOn = ({ notes }: Plan, words: string) =>
  notes.find(({ message }) => message.includes(`"${words}"`));

describe('the plan of the air', () => {
  it('is empty without words, whatever the scene', () => {
    assert.deepEqual(plan('').atmosphere, []);
    assert.deepEqual(plan('slow push in on a woman at the window').atmosphere, []);
  });

  it('lists every kind once, the farthest first, as plain JSON', () => {
    const { atmosphere } = plan('embers, snow, light snow, thick fog and more snow');
    assert.deepEqual(
      atmosphere.map(({ kind }) => kind),
      ['fog', 'snow', 'embers'],
    );
    assert.deepEqual(JSON.parse(JSON.stringify(atmosphere)), atmosphere);
  });

  it('keeps to the strengths that are drawn', () => {
    for (const prompt of ['extremely heavy blizzard', 'very light drizzle', 'a massive relentless monsoon']) {
      for (const { strength } of plan(prompt).atmosphere)
        assert.ok(strength >= 0.3 && strength <= 1.8, prompt);
    }
  });

  it('plays over a fixed camera too', () => {
    assert.equal(plan('heavy rain', { cameraFixed: true }).atmosphere.length, 1);
  });
});

describe('lightning', () => {
  it('is seen, and heard 0.4 to 1.2 seconds later, from one list', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      for (const durationSeconds of [4, 9, 15]) {
        const storm = plan('a thunderstorm', { seed, durationSeconds });
        const [flashes, thunder] = [timesOf(storm, 'lightning'), timesOf(storm, 'thunder')];
        assert.equal(flashes.length, Math.ceil(durationSeconds / 8));
        assert.ok(flashes[0]! > 0.5, 'not in the first frames');
        assert.equal(thunder.length, flashes.length);
        for (const [i, flash] of flashes.entries()) {
          const later = thunder[i]! - flash;
          assert.ok(later > 0.399 && later < 1.201, `${later} s`);
        }
        const times = storm.events.map((event) => event.timeSeconds);
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        );
      }
    }
  });

  it('is still seen when the clip is silent', () => {
    const silent = plan('lightning, no sound');
    assert.equal(timesOf(silent, 'lightning').length, 1);
    assert.deepEqual(
      silent.events.filter(({ kind }) => kind !== 'lightning'),
      [],
    );
  });

  it('does not flash for thunder alone, nor thunder for a lightning that is ruled out', () => {
    const distant = plan('distant thunder');
    assert.deepEqual([timesOf(distant, 'lightning').length, timesOf(distant, 'thunder').length], [0, 1]);
    assert.ok(distant.notes.some(({ message }) => /^Sound: .*thunder/.test(message)));
    assert.deepEqual(plan('rain, but no lightning').events, []);
  });
});

describe('weather of one shot', () => {
  const cut = (prompt: string, seed = 1) => plan(prompt, { seed, durationSeconds: 6 });
  const spans = ({ atmosphere }: Plan) =>
    atmosphere.map(({ kind, span }) => `${kind} ${span?.firstFrame ?? 'all'}+${span?.frameCount ?? ''}`);

  it('ends with the shot where the next one has another, or sun', () => {
    assert.deepEqual(spans(cut('shot 1: rain over the lake. shot 2: sun, a close-up')), ['rain 0+72']);
    assert.deepEqual(spans(cut('shot 1: heavy rain. shot 2: snowfall')), ['rain 0+72', 'snow 72+72']);
    assert.deepEqual(spans(cut('a lake. [cut] fog over the water. [cut] no fog, a close-up')), ['fog 48+48']);
    assert.deepEqual(spans(cut('镜头一：大雨。镜头二：晴天')), ['rain 0+72']);
  });

  it('goes on over the cut where the next shot says nothing of it', () => {
    assert.deepEqual(spans(cut('rain over the lake. [cut] a close-up of her face')), ['rain all+']);
    assert.deepEqual(spans(cut('a lake. [cut] it rains. [cut] a close-up')), ['rain 48+96']);
  });

  it('holds for the whole clip where there are no shots', () => {
    assert.deepEqual(spans(cut('rain, then sun')), ['rain all+']);
  });

  it('is heard as long as it is seen', () => {
    const rain = cut('shot 1: a street. shot 2: rain').ambience.find(({ name }) => name === 'rain')!;
    assert.deepEqual(rain.spans, [{ firstFrame: 72, frameCount: 72 }]);
    assert.equal(cut('rain').ambience.find(({ name }) => name === 'rain')!.spans, undefined);
  });

  it('strikes within its shot', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      for (const time of timesOf(cut('a calm lake. [cut] a thunderstorm', seed), 'lightning'))
        assert.ok(time > 3 && time < 6, `${time} s`);
    }
  });

  it('is in the notes, shot by shot', () => {
    const made = cut('shot 1: rain. shot 2: sun');
    assert.match(noteOn(made, 'rain')!.message, /, in shot 1\.$/);
    assert.ok(made.notes.some(({ message }) => /From shot 2 on the weather .* is over/.test(message)));
    assert.ok(made.notes.every(({ kind, message }) => kind !== 'ignored' || !message.includes('sun')));
  });
});

describe('notes on the air', () => {
  it('say what is drawn of each wish, and how much', () => {
    assert.deepEqual(noteOn(plan('heavy rain'), 'rain'), {
      kind: 'understood',
      message: '"rain": rain at 1.50 of the usual strength.',
    });
    assert.match(
      noteOn(plan('a thunderstorm'), 'thunderstorm')!.message,
      /rain at 1\.50.*, with lightning at \d\.\d s, under a darker sky/,
    );
    for (const prompt of ['snowfall', 'fog', 'god rays', 'dust motes', 'embers', '雪花', '浓雾'])
      assert.equal(noteOn(plan(prompt), prompt)!.kind, 'understood', prompt);
  });

  it('say which way the wind takes it', () => {
    const { notes } = plan('snow, strong wind from the left');
    assert.ok(notes.some(({ message }) => message === 'The wind blows to the right and takes along: snow.'));
    assert.ok(plan('snow').notes.every(({ message }) => !message.includes('wind blows')));
  });

  it('say what was left out because the prompt says so', () => {
    const note = noteOn(plan('after the rain, no fog'), 'after the rain')!;
    assert.deepEqual(
      [note.kind, note.message],
      ['understood', 'Left out of the air, as the prompt says: "after the rain", "fog".'],
    );
  });

  it('do not claim what is not drawn', () => {
    for (const words of ['confetti', 'fireflies', 'bubbles'])
      assert.equal(noteOn(plan(words), words)!.kind, 'ignored', words);
    assert.equal(noteOn(plan('raindrops on the window'), 'raindrops on the window')!.kind, 'ignored');
    assert.equal(noteOn(plan('a cabin in the snow'), 'a cabin in the snow')!.kind, 'ignored');
  });
});
