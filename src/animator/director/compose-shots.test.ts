import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Scene } from '../scene/scene.ts';
import { type DirectorInput, direct } from './direct.ts';
import type { DirectorNote, Framing, Plan } from './plan.ts';

const grid = { width: 2, height: 2, data: new Float32Array([0, 0, 1, 1]) };
const PORTRAIT: Scene = {
  depth: grid,
  sky: grid,
  confidence: { ground: 0, subject: 1, flat: 0 },
  horizon: 0.4,
  subjectDepth: 0.5,
  focus: { x: 0.6, y: 0.55 },
  areas: {},
};
const LARGE = { pointsOfInterest: [{ x: 0.2, y: 0.8 }], enlargement: 3 };

function plan(prompt: string, changes: Partial<DirectorInput> = {}): Plan {
  const scenes = changes.scenes ?? [PORTRAIT];
  return direct({
    prompt,
    scenes,
    size: { width: 1280, height: 720 },
    durationSeconds: 6,
    cameraFixed: false,
    hasLastImage: false,
    seed: 1,
    style: 'natural',
    details: scenes.map(() => LARGE),
    ...changes,
  });
}

/** The cuts of a plan as "picture framing", joined by " | ". */
const views = ({ shots }: Plan): string =>
  shots
    .filter(({ after }) => after === undefined)
    .map(({ stillIndex, framing }) => `${stillIndex} ${framing?.name ?? 'wide'}`)
    .join(' | ');
const starts = ({ shots }: Plan): number[] =>
  shots.filter(({ after }) => after === undefined).map(({ firstFrame }) => firstFrame);
const notes = (made: Plan, kind: DirectorNote['kind']): string =>
  made.notes
    .filter((note) => note.kind === kind)
    .map(({ message }) => message)
    .join('\n');

function assertWithin({ zoom, x, y }: Framing): void {
  for (const centre of [x, y]) assert.ok(centre - 0.5 / zoom >= -1e-4 && centre + 0.5 / zoom <= 1 + 1e-4);
}

describe('shots of one picture', () => {
  it('frames the picture as each shot says, with its own move', () => {
    const made = plan('A lake. Cut to a close-up, slow push in. Cut to a medium shot, pan left.');
    assert.equal(views(made), '0 wide | 0 close | 0 medium');
    const [, close, medium] = made.shots;
    assert.equal(close!.moves[0]!.name, 'push-in');
    assert.equal(medium!.moves[0]!.name, 'pan-left');
    assert.equal(close!.framing!.zoom, 1.8);
    assert.ok(close!.framing!.y < medium!.framing!.y, 'the close shot shows the upper part');
    for (const { framing } of made.shots) if (framing !== undefined) assertWithin(framing);
  });

  it('varies the framing where nothing is said, and never cuts to the same view', () => {
    assert.equal(views(plan('a [cut] b [cut] c [cut] d')), '0 wide | 0 medium | 0 close | 0 wide');
    assert.equal(
      views(plan('a lake [cut] wide shot [cut] close-up [cut] close-up')),
      '0 wide | 0 medium | 0 close | 0 wide',
    );
  });

  it('takes a detail from elsewhere in the picture', () => {
    const [, detail] = plan('a woman [cut] an extreme close-up').shots;
    assert.equal(detail!.framing!.name, 'detail');
    assert.ok(detail!.framing!.x < 0.4, 'not of the face');
  });

  it('begins on the whole picture, and says so', () => {
    const made = plan('Close-up of a face. Cut to a wide shot.');
    assert.equal(views(made), '0 wide | 0 medium');
    assert.match(notes(made, 'clamped'), /first shot shows the whole picture/);
  });

  it('enlarges a small picture by no more than 1.6', () => {
    const small = [{ ...LARGE, enlargement: 1 }];
    const [, close] = plan('a face [cut] close-up', { details: small }).shots;
    assert.equal(close!.framing!.zoom, 1.6);
    const [, medium] = plan('a face [cut] medium shot', { details: small }).shots;
    assert.equal(medium!.framing!.zoom, 1.35);
  });

  it('cuts by the clock', () => {
    assert.deepEqual(starts(plan('0-2s: wide. 2-3.5s: close-up. 3.5-6s: medium shot')), [0, 48, 84]);
    assert.deepEqual(starts(plan('0-4s: wide. 4-12s: close-up')), [0, 48], 'drawn together to 6 s');
    assert.deepEqual(
      starts(plan('0-0.5s: wide. 0.5-1s: close-up. 1-6s: medium')),
      [0, 29, 58],
      'none below 1.2 s',
    );
  });

  it('drops shots that have no time, and says so', () => {
    const made = plan('a [cut] b [cut] c [cut] d [cut] e [cut] f', { durationSeconds: 4 });
    assert.equal(starts(made).length, 3);
    assert.match(notes(made, 'ignored'), /too short for 3 more shots/);
  });

  it('hits every cut in the sound', () => {
    const made = plan('a [cut] b [cut] c');
    const hits = made.events.filter(({ kind }) => kind === 'impact').map(({ timeSeconds }) => timeSeconds);
    assert.deepEqual(hits, [2, 4]);
  });

  it('keeps one shot where the request fixes the camera', () => {
    const made = plan('a face [cut] close-up', { cameraFixed: true });
    assert.equal(views(made), '0 wide');
    assert.match(notes(made, 'ignored'), /fixes the camera/);
  });

  it('joins two shots in a whip pan', () => {
    const made = plan('Slow push in, then whip pan left. Cut to a close-up, tilt up.');
    const [push, close] = made.shots;
    assert.deepEqual(
      push!.moves.map(({ name }) => name),
      ['push-in'],
    );
    assert.equal(close!.whip, 'left');
    assert.match(notes(made, 'understood'), /cut after shot 1 is hidden in a whip pan to the left/);
    assert.ok(made.events.some(({ kind, timeSeconds }) => kind === 'whoosh' && timeSeconds === 3));
    assert.ok(made.events.every(({ kind }) => kind !== 'impact'));
  });
});

describe('the lens', () => {
  it('pulls focus in the shot that asks for it, and says so', () => {
    const made = plan('a lake [cut] rack focus [cut] a jetty');
    assert.deepEqual(
      made.shots.map(({ focus }) => focus),
      [undefined, { from: 0.5, to: 0 }, undefined],
    );
    assert.match(notes(made, 'understood'), /"rack focus": focus goes from what is near to what is far/);
    assert.deepEqual(plan('shallow depth of field').shots[0]!.focus, { from: 0.5, to: 0.5 });
  });

  it('leaves a morph sharp, and says so', () => {
    const ends = { scenes: [PORTRAIT, PORTRAIT], hasLastImage: true, correspondence: () => 0.9 };
    const made = plan('rack focus', ends);
    assert.equal(made.shots[0]!.focus, undefined);
    assert.match(notes(made, 'clamped'), /everything is sharp/);
  });
});

describe('shots of several pictures', () => {
  const two = { scenes: [PORTRAIT, PORTRAIT] };

  it('shows the pictures that the shots name', () => {
    assert.equal(views(plan('@Image2 pan left [cut] @Image1 push in', two)), '1 wide | 0 wide');
    assert.equal(views(plan('图2，镜头切换，图1特写', two)), '1 wide | 0 close');
  });

  it('takes them in order where they are not named, then frames the last anew', () => {
    assert.equal(views(plan('a [cut] b [cut] c', two)), '0 wide | 1 wide | 1 close');
  });

  it('shows every picture when there are more of them than shots', () => {
    assert.equal(
      views(plan('push in [cut] pan left', { scenes: [PORTRAIT, PORTRAIT, PORTRAIT] })),
      '0 wide | 1 wide | 2 wide',
    );
  });

  it('says which pictures it does not show or does not have', () => {
    const three = { scenes: [PORTRAIT, PORTRAIT, PORTRAIT] };
    assert.match(notes(plan('@image1 [cut] @image3', three), 'ignored'), /Picture 2: no shot names it/);
    assert.match(notes(plan('@image1 [cut] @image5', two), 'clamped'), /Picture 5 is named/);
  });
});

describe('the way to the end picture', () => {
  const ending = (changes: Partial<DirectorInput> = {}, prompt = 'push in') =>
    plan(prompt, { scenes: [PORTRAIT, PORTRAIT], hasLastImage: true, ...changes });

  it('is a morph where the pictures show one scene, over the whole of the last shot', () => {
    const made = ending({ correspondence: () => 0.71 });
    assert.deepEqual([made.arrival!.kind, made.arrival!.firstFrame], ['morph', 0]);
    assert.match(
      notes(made, 'understood'),
      /The two pictures show the same scene: 71 % of it corresponds, so the clip moves from one to the other\./,
    );
    const cut = ending({ correspondence: () => 0.71 }, 'a [cut] b');
    assert.equal(cut.arrival!.firstFrame, cut.shots.at(-1)!.firstFrame);
    assert.equal(cut.shots.at(-1)!.framing, undefined);
  });

  it('is chosen by the seed between different scenes', () => {
    const kinds = new Set(Array.from({ length: 40 }, (_, seed) => ending({ seed }).arrival!.kind));
    assert.deepEqual([...kinds].sort(), ['dissolve', 'light-leak', 'whip-pan']);
  });

  it('is the one that the prompt asks for, where it can be', () => {
    const kindOf = (prompt: string, changes: Partial<DirectorInput> = {}) =>
      ending(changes, prompt).arrival!.kind;
    assert.equal(kindOf('crossfade to the end', { correspondence: () => 0.9 }), 'dissolve');
    assert.equal(kindOf('ends in a light leak', { correspondence: () => 0.9 }), 'light-leak');
    assert.equal(kindOf('whip pan right', { correspondence: () => 0.9 }), 'whip-pan');
    assert.equal(ending({}, 'push in, then whip pan right').arrival!.side, 'right');
    const tooFar = ending({}, 'it morphs into the next picture');
    assert.notEqual(tooFar.arrival!.kind, 'morph');
    assert.match(notes(tooFar, 'clamped'), /too little to move between them/);
    assert.notEqual(kindOf('whip pan right', { cameraFixed: true }), 'whip-pan');
  });
});

const PIECES = [
  'a lake',
  '[cut]',
  'cut to',
  'shot 2:',
  '0-2s:',
  '2-5s:',
  'close-up',
  'wide shot',
  '@image2',
  '图3',
  'whip pan left',
  'push in',
  'then',
  '镜头切换',
  '特写',
  '.',
  ',',
];

describe('any prompt with shots', () => {
  it('covers the clip in shots of at least 1.2 s, each within its picture', () => {
    const input = fc.record({
      prompt: fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(' ')),
      pictures: fc.integer({ min: 1, max: 3 }),
      durationSeconds: fc.integer({ min: 4, max: 15 }),
      hasLastImage: fc.boolean(),
      correspondence: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => () => share),
      seed: fc.integer({ min: 0, max: 1000 }),
    });
    fc.assert(
      fc.property(input, ({ prompt, pictures, ...rest }) => {
        const scenes = Array(pictures + (rest.hasLastImage ? 1 : 0)).fill(PORTRAIT);
        const made = plan(prompt, { ...rest, scenes });
        let next = 0;
        for (const shot of made.shots) {
          assert.equal(shot.firstFrame, next);
          assert.ok(shot.frameCount >= 28 || made.shots.length <= pictures, `${shot.frameCount} frames`);
          assert.ok(shot.stillIndex < pictures && shot.moves.length >= 1);
          if (shot.framing !== undefined) assertWithin(shot.framing);
          next += shot.frameCount;
        }
        assert.equal(next, 24 * rest.durationSeconds);
        assert.equal(made.shots[0]!.framing === undefined || made.shots[0]!.stillIndex > 0, true);
        if (made.arrival !== undefined) {
          assert.equal(made.arrival.firstFrame + made.arrival.frameCount, made.frameCount);
          assert.equal(made.shots.at(-1)!.framing, undefined);
          const lastCut = made.shots.findLast(({ after }) => after === undefined)!;
          assert.ok(made.arrival.firstFrame >= lastCut.firstFrame);
        }
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});
