import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Scene } from '../scene/scene.ts';
import { type DirectorInput, direct } from './direct.ts';
import type { DirectorNote, Plan } from './plan.ts';

const grid = { width: 2, height: 2, data: new Float32Array([0, 0, 1, 1]) };

const sceneWith = (confidence: Partial<Scene['confidence']>): Scene => ({
  depth: grid,
  sky: grid,
  confidence: { ground: 0, subject: 0, flat: 0, ...confidence },
  horizon: 0.4,
  subjectDepth: 0.5,
  focus: { x: 0.5, y: 0.5 },
  areas: {},
});

const LAND = sceneWith({ ground: 1 });

function plan(changes: Partial<DirectorInput> = {}): Plan {
  return direct({
    prompt: '',
    scenes: [LAND],
    size: { width: 1280, height: 720 },
    durationSeconds: 5,
    cameraFixed: false,
    hasLastImage: false,
    seed: 1,
    style: 'natural',
    ...changes,
  });
}

const movesOf = ({ shots }: Plan): string[][] => shots.map((shot) => shot.moves.map((move) => move.name));
const notesOf = ({ notes }: Plan, kind: DirectorNote['kind']): string =>
  notes
    .filter((note) => note.kind === kind)
    .map((note) => note.message)
    .join('\n');

describe('direct: what the camera does', () => {
  it('does what the prompt says', () => {
    assert.deepEqual(movesOf(plan({ prompt: 'slow push in with a tilt up' })), [['push-in', 'tilt-up']]);
  });

  it('lets camera_fixed win over all words, and says so', () => {
    const fixed = plan({ prompt: 'dramatic push in, handheld', cameraFixed: true });
    assert.deepEqual(movesOf(fixed), [['static']]);
    assert.match(notesOf(fixed, 'understood'), /does not move/);
    assert.match(notesOf(fixed, 'ignored'), /"push in".*fixes the camera/);
    assert.ok(fixed.events.every((event) => event.kind !== 'whoosh'));
  });

  it('plays opposites one after the other, without a cut', () => {
    const { shots, events } = plan({ prompt: 'push in and pull out' });
    assert.deepEqual(
      shots.map((shot) => [shot.firstFrame, shot.frameCount]),
      [
        [0, 60],
        [60, 60],
      ],
    );
    assert.equal(shots[0]!.after, undefined);
    assert.deepEqual(
      shots[1]!.after?.map((move) => move.name),
      ['push-in'],
    );
    assert.ok(events.every((event) => event.kind !== 'impact'));
  });

  it('keeps a camera on the shoulder throughout', () => {
    assert.deepEqual(movesOf(plan({ prompt: 'handheld, push in then pan left' })), [
      ['push-in', 'handheld'],
      ['pan-left', 'handheld'],
    ]);
  });

  it('drops phases that would be twitches, with a note', () => {
    const crowded = plan({
      prompt: 'pan left then pan right then tilt up then tilt down then zoom in',
      durationSeconds: 4,
    });
    assert.equal(crowded.shots.length, 3);
    assert.match(notesOf(crowded, 'ignored'), /too short/);
  });

  it('chooses by scene when nothing is said', () => {
    assert.equal(movesOf(plan())[0]![0], 'push-in');
    assert.match(movesOf(plan())[0]![1]!, /^truck-/);
    assert.match(movesOf(plan({ scenes: [sceneWith({ subject: 0.9 })] }))[0]![1]!, /^orbit-/);
    assert.match(movesOf(plan({ scenes: [sceneWith({ flat: 0.3 })] }))[0]![0]!, /^orbit-/);
    const [zoom, pan, tilt] = movesOf(plan({ scenes: [sceneWith({ flat: 0.9 })] }))[0]!;
    assert.equal(zoom, 'zoom-in');
    assert.match(`${pan} ${tilt}`, /^pan-\w+ tilt-\w+$/);
  });

  it('never chooses what the prompt rules out', () => {
    const flat = { scenes: [sceneWith({ flat: 0.9 })] };
    assert.match(movesOf(plan({ ...flat, prompt: "don't zoom" }))[0]!.join(' '), /^pan-\w+ tilt-\w+$/);
    assert.deepEqual(movesOf(plan({ ...flat, prompt: 'no zoom, pan or tilt' })), [['static']]);
  });

  it('drifts elsewhere with another seed, and never hardly at all', () => {
    const drifts = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const [, pan, tilt] = plan({ seed, scenes: [sceneWith({ flat: 0.9 })] }).shots[0]!.moves;
      drifts.add(`${pan!.name} ${tilt!.name}`);
      assert.ok(pan!.strength > 0.35 && tilt!.strength > 0.3, `seed ${seed}`);
    }
    assert.equal(drifts.size, 4);
  });

  it('surges in and out when bold and nothing is named, never back the way it came', () => {
    for (const bold of [{ style: 'spicy' }, { prompt: 'fast dynamic camera movement' }] as const) {
      const made = plan({ ...bold, durationSeconds: 10 });
      assert.deepEqual(
        movesOf(made).map(([first]) => first),
        ['push-in', 'pull-out', 'push-in', 'pull-out'],
      );
      assert.ok(made.shots.every(({ easing }) => easing === 'ramp'));
      const sides = movesOf(made).map((moves) => moves.at(-1)!);
      assert.equal(sides[0], sides[1]);
      assert.notEqual(sides[1], sides[2]);
      assert.match(notesOf(made, 'understood'), /chosen by scene and seed: push in .*; then pull out/);
    }
  });

  it('varies side and amplitude with the seed, by no more than 12 %', () => {
    const strengths = new Set<number>();
    const sides = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const [push, truck] = plan({ seed }).shots[0]!.moves;
      strengths.add(push!.strength);
      sides.add(truck!.name);
      assert.ok(Math.abs(push!.strength / 0.8 - 1) <= 0.1201);
    }
    assert.ok(strengths.size > 30);
    assert.equal(sides.size, 2);
  });

  it('moves further and in a surge when spicy', () => {
    const natural = plan({ prompt: 'push in' }).shots[0]!;
    const spicy = plan({ prompt: 'push in', style: 'spicy' }).shots[0]!;
    assert.deepEqual([natural.easing, spicy.easing], ['glide', 'ramp']);
    assert.ok(Math.abs(spicy.moves[0]!.strength / natural.moves[0]!.strength - 1.8) < 0.01);
  });

  it('clamps what cannot be done, with a note', () => {
    const orbit = plan({ prompt: 'A full 360 degree orbit around the car' });
    assert.match(movesOf(orbit)[0]![0]!, /^orbit-/);
    assert.match(notesOf(orbit, 'clamped'), /full circle/);
  });
});

describe('direct: several pictures', () => {
  it('gives each its shot, equal times, hard cuts, and the moves in order', () => {
    const three = plan({
      prompt: 'push in, then pan left, then zoom out',
      scenes: [LAND, LAND, LAND],
      durationSeconds: 6,
    });
    assert.deepEqual(movesOf(three), [['push-in'], ['pan-left'], ['zoom-out']]);
    assert.deepEqual(
      three.shots.map((shot) => shot.stillIndex),
      [0, 1, 2],
    );
    assert.deepEqual(
      three.shots.map((shot) => shot.frameCount),
      [48, 48, 48],
    );
    assert.ok(three.shots.every((shot) => shot.after === undefined));
    assert.deepEqual(
      three.events.filter((event) => event.kind === 'impact').map((event) => event.timeSeconds),
      [2, 4],
    );
  });

  it('arrives on the last image at rest, over at least a fifth of the clip', () => {
    for (const pictures of [1, 2, 4]) {
      const { arrival, shots, frameCount } = plan({
        scenes: Array(pictures + 1).fill(LAND),
        hasLastImage: true,
      });
      assert.equal(arrival!.stillIndex, pictures);
      assert.equal(arrival!.firstFrame + arrival!.frameCount, frameCount);
      assert.ok(arrival!.frameCount >= 0.2 * frameCount);
      assert.ok(arrival!.firstFrame >= shots.at(-1)!.firstFrame, 'begins within the last picture');
      assert.equal(shots.length, pictures);
    }
  });

  it('does not move the last image either when the camera is fixed', () => {
    assert.equal(plan({ scenes: [LAND, LAND], hasLastImage: true, cameraFixed: true }).arrival!.startZoom, 1);
    assert.equal(plan({ scenes: [LAND, LAND], hasLastImage: true }).arrival!.startZoom, undefined);
  });
});

describe('direct: sound', () => {
  const names = (input: Partial<DirectorInput>) => plan(input).ambience.map(({ name }) => name);

  it('takes the ambience from the words, else from the scene', () => {
    assert.deepEqual(names({ prompt: 'waves on a beach at night' }), ['waves', 'night', 'pad']);
    assert.deepEqual(names({}), ['wind', 'pad']);
    assert.deepEqual(names({ scenes: [sceneWith({ subject: 1 })] }), ['room', 'pad']);
    assert.deepEqual(names({ scenes: [sceneWith({ flat: 0.9 })] }), ['pad']);
    assert.deepEqual(names({ prompt: 'no music' }), ['wind']);
    assert.deepEqual(names({ prompt: 'silent, no sound' }), []);
  });

  it('whooshes where a strong move is fastest', () => {
    assert.ok(plan({ prompt: 'slow push in' }).events.every((event) => event.kind !== 'whoosh'));
    const [whoosh] = plan({ prompt: 'dramatic push in', style: 'spicy', durationSeconds: 4 }).events;
    assert.equal(whoosh!.kind, 'whoosh');
    assert.ok(Math.abs(whoosh!.timeSeconds - 2) < 0.05);
  });

  it('thunders, walks and beats when asked to, and owns up to what it does not draw', () => {
    const storm = plan({ prompt: 'lightning over the sea, a man walks, his heartbeat' });
    for (const kind of ['thunder', 'footstep', 'heartbeat'])
      assert.ok(storm.events.some((event) => event.kind === kind));
    assert.match(notesOf(storm, 'clamped'), /"walks": sound only/);
    assert.match(notesOf(plan({ prompt: 'the woman smiles' }), 'ignored'), /"smiles"/);
  });
});

const PIECES = [
  'push in',
  'slow',
  'pan left',
  'pan right',
  'zoom out',
  'then',
  'orbit',
  'handheld',
  'static',
  'no',
  "don't",
  'rain',
  'cut to',
  '镜头推近',
  '不要',
  '变焦',
  ',',
  '.',
  'and',
  'the camera',
  'dramatically',
  'a cat walks',
  'lightning',
  '360 orbit',
  'no sound',
];

describe('direct: any request', () => {
  const input = fc.record({
    prompt: fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(' ')),
    pictures: fc.integer({ min: 1, max: 9 }),
    durationSeconds: fc.integer({ min: 4, max: 15 }),
    cameraFixed: fc.boolean(),
    hasLastImage: fc.boolean(),
    seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    style: fc.constantFrom('natural' as const, 'spicy' as const),
  });

  it('covers the clip without gap or overlap, stays within bounds and repeats itself', () => {
    fc.assert(
      fc.property(input, ({ pictures, ...rest }) => {
        const request = { ...rest, scenes: Array(pictures + (rest.hasLastImage ? 1 : 0)).fill(LAND) };
        const made = plan(request);
        let next = 0;
        for (const shot of made.shots) {
          assert.equal(shot.firstFrame, next);
          assert.ok(shot.frameCount >= 1 && shot.moves.length >= 1);
          for (const { strength } of shot.moves) assert.ok(strength > 0 && strength <= 2.5);
          next += shot.frameCount;
        }
        assert.equal(next, 24 * rest.durationSeconds);
        for (const event of made.events) {
          assert.ok(
            event.timeSeconds >= 0 && event.timeSeconds < rest.durationSeconds && event.strength <= 1,
          );
        }
        assert.ok(made.ambience.every(({ levelDecibels }) => levelDecibels <= 0));
        assert.equal(JSON.stringify(plan(request)), JSON.stringify(made));
      }),
      { numRuns: 150, seed: 6 },
    );
  });
});
