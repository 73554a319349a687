import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AreaName, Areas } from '../scene/areas.ts';
import type { Scene } from '../scene/scene.ts';
import { type DirectorInput, direct } from './direct.ts';
import { type DirectorNote, FLUIDS, type FluidKind, type Plan } from './plan.ts';

const grid = { width: 2, height: 2, data: new Float32Array([0, 0, 1, 1]) };

const areasWith = (confidences: Partial<Record<AreaName, number>>): Areas =>
  Object.fromEntries(
    Object.entries(confidences).map(([name, confidence]) => [name, { mask: grid, confidence }]),
  );

const sceneWith = (confidences: Partial<Record<AreaName, number>>): Scene => ({
  depth: grid,
  sky: grid,
  confidence: { ground: 1, subject: 0, flat: 0 },
  horizon: 0.4,
  subjectDepth: 0.5,
  focus: { x: 0.5, y: 0.5 },
  areas: areasWith(confidences),
});

/** Everything is there, though nothing plainly enough to move unasked. */
const FAINT = sceneWith({
  clouds: 0.3,
  water: 0.3,
  falls: 0.3,
  smoke: 0.3,
  fire: 0.3,
  foliage: 0.3,
  subject: 0.3,
});
const LAKE = sceneWith({ clouds: 0.9, water: 0.8, foliage: 1, subject: 1, fire: 1, smoke: 1 });

function plan(prompt: string, scene: Scene = FAINT, changes: Partial<DirectorInput> = {}): Plan {
  return direct({
    prompt,
    scenes: [scene],
    size: { width: 1280, height: 720 },
    durationSeconds: 5,
    cameraFixed: false,
    hasLastImage: false,
    seed: 1,
    style: 'natural',
    ...changes,
  });
}

const kindsOf = ({ fluids }: Plan): readonly FluidKind[] => fluids.map(({ kind }) => kind);
const fluidOf = (clip: Plan, kind: FluidKind) => clip.fluids.find((fluid) => fluid.kind === kind)!;
const notesOf = ({ notes }: Plan, kind: DirectorNote['kind']): string =>
  notes
    .filter((note) => note.kind === kind)
    .map((note) => note.message)
    .join('\n');

describe('fluids: unasked', () => {
  it('lets clouds drift and water ripple where the picture shows them plainly, and nothing else', () => {
    const clip = plan('', LAKE);
    assert.deepEqual(kindsOf(clip), ['clouds', 'water']);
    assert.match(notesOf(clip, 'understood'), /As the picture shows it: the clouds drift, the water moves\./);
  });

  it('leaves everything still that is not plain to see, or not outdoors', () => {
    assert.deepEqual(kindsOf(plan('')), []);
    const indoors = { ...LAKE, confidence: { ground: 0.1, subject: 0, flat: 0 } };
    assert.deepEqual(kindsOf(plan('', indoors)), []);
  });

  it('moves on under a fixed camera', () => {
    assert.deepEqual(kindsOf(plan('', LAKE, { cameraFixed: true })), ['clouds', 'water']);
  });

  it('looks at every picture and at the end picture', () => {
    const clip = plan('', LAKE, { scenes: [FAINT, LAKE, LAKE], hasLastImage: true });
    assert.deepEqual(
      clip.fluids.map(({ stillIndex, kind }) => `${stillIndex} ${kind}`),
      ['1 clouds', '1 water', '2 clouds', '2 water'],
    );
  });
});

/** Prompts, and what they set moving in a picture that shows everything faintly. */
const MOVING: readonly (readonly [prompt: string, ...kinds: FluidKind[]])[] = [
  ['clouds drift across the sky', 'clouds'],
  ['racing clouds over the hills', 'clouds'],
  ['白云飘动', 'clouds'],
  ['gentle ripples on the lake', 'water'],
  ['waves crash on the beach', 'water'],
  ['湖面起涟漪', 'water'],
  ['海浪翻涌', 'water'],
  ['a river flows through the valley', 'river'],
  ['the waterfall plunges into the pool', 'river'],
  ['瀑布飞流直下', 'river'],
  ['smoke rises from the chimney', 'smoke'],
  ['steam drifts over the cup', 'smoke'],
  ['炊烟袅袅', 'smoke'],
  ['flames dance in the fireplace', 'fire'],
  ['candlelight', 'fire'],
  ['篝火燃烧', 'fire'],
  ['the leaves rustle', 'foliage'],
  ['tall grass sways', 'foliage'],
  ['wind blows', 'foliage'],
  ['微风吹过', 'foliage'],
  ['her hair flutters', 'hair'],
  ['长发飘动', 'hair'],
  ['the flag waves', 'cloth'],
  ['裙摆飘扬', 'cloth'],
  ['she breathes slowly', 'breathing'],
  ['portrait of a woman', 'breathing'],
];

describe('fluids: asked for', () => {
  for (const [prompt, ...kinds] of MOVING) {
    it(`"${prompt}" moves ${kinds.join(' and ')}`, () => {
      assert.deepEqual(kindsOf(plan(prompt)), kinds);
    });
  }

  it('notes what was understood in the prompt’s own words', () => {
    assert.match(notesOf(plan('waves'), 'understood'), /"waves": the water moves\./);
    assert.match(notesOf(plan('云朵飘动'), 'understood'), /"云朵": the clouds drift\./);
  });

  it('notes why something does not move: the picture does not show it', () => {
    const nothing = sceneWith({});
    assert.match(
      notesOf(plan('a river', nothing), 'ignored'),
      /"river": no water was found in the picture\./,
    );
    assert.match(notesOf(plan('campfire', nothing), 'ignored'), /"campfire": no fire was found/);
    assert.deepEqual(kindsOf(plan('river, waves, clouds, fire, smoke', nothing)), []);
    assert.doesNotMatch(notesOf(plan('a woman in a park', nothing), 'ignored'), /woman/);
  });

  it('takes a river for the water it flows in, and a fall before that', () => {
    assert.equal(fluidOf(plan('a river', LAKE), 'river').area, 'water');
    assert.deepEqual(kindsOf(plan('a river', LAKE)), ['clouds', 'river']);
    assert.equal(fluidOf(plan('a waterfall'), 'river').area, 'falls');
  });

  it('goes where and as strongly as it is told', () => {
    for (const [prompt, heading] of [
      ['clouds drift to the left', 'left'],
      ['clouds drift from left to right', 'right'],
      ['云向左飘', 'left'],
      ['云朵从左向右移动', 'right'],
    ] as const)
      assert.equal(fluidOf(plan(prompt), 'clouds').heading, heading, prompt);
    const strength = (prompt: string) => fluidOf(plan(prompt), 'water').strength;
    assert.ok(strength('gentle waves') < 0.85 * strength('waves'));
    assert.ok(strength('huge waves') > 1.4 * strength('waves'));
    assert.ok(strength('big waves on the sea') > 1.4 * strength('waves'));
    const drift = (prompt: string) => fluidOf(plan(prompt), 'clouds').strength;
    assert.ok(drift('clouds slowly drift') < 0.8 * drift('clouds drift'));
    assert.ok(drift('timelapse of racing clouds') > 1.5 * drift('clouds drift'));
    assert.ok(
      fluidOf(plan('a breeze'), 'foliage').strength < 0.7 * fluidOf(plan('strong wind'), 'foliage').strength,
    );
  });

  it('does not mistake the camera’s way for the clouds’', () => {
    const headings = [1, 2, 3, 4, 5, 6].map(
      (seed) => fluidOf(plan('the camera pans left, clouds drift', FAINT, { seed }), 'clouds').heading,
    );
    assert.ok(headings.includes('right'), 'left is the camera’s');
  });
});

describe('fluids: ruled out', () => {
  for (const prompt of [
    'calm water',
    'still lake',
    'a lake with no waves',
    '平静的湖面',
    '水平如镜',
    'without ripples',
  ]) {
    it(`"${prompt}" keeps the water at rest`, () => {
      assert.deepEqual(kindsOf(plan(prompt, LAKE)), ['clouds']);
      assert.match(notesOf(plan(prompt, LAKE), 'understood'), /at rest/);
    });
  }

  for (const prompt of [
    'no wind',
    'windless',
    '无风',
    'motionless clouds',
    'clouds stay still',
    'no moving clouds',
  ]) {
    it(`"${prompt}" keeps the clouds at rest`, () => {
      assert.deepEqual(kindsOf(plan(prompt, LAKE)), ['water']);
    });
  }

  for (const prompt of ['nothing moves', 'frozen in time', 'everything is motionless', '静止画面']) {
    it(`"${prompt}" keeps everything at rest`, () => {
      assert.deepEqual(kindsOf(plan(prompt, LAKE)), []);
    });
  }

  it('is not misled by words that hold one by accident', () => {
    for (const prompt of [
      'she waves at the crowd',
      'a fire truck',
      'under a watercolor sky',
      '云南的街道',
      'tree house',
    ])
      assert.deepEqual(kindsOf(plan(prompt)), [], prompt);
  });

  it('lets flames dance without asking anybody to', () => {
    assert.doesNotMatch(notesOf(plan('flames dance'), 'ignored'), /pose of the still/);
    assert.match(notesOf(plan('she dances'), 'ignored'), /pose of the still/);
  });
});

describe('fluids: the plan', () => {
  it('is plain data, the same for the same seed, and differs by seed', () => {
    const prompt = 'wind, waves, clouds, smoke, fire, her hair flutters, the flag waves, a river, breathing';
    const clip = plan(prompt);
    assert.deepEqual(JSON.parse(JSON.stringify(clip.fluids)), clip.fluids);
    assert.deepEqual(plan(prompt).fluids, clip.fluids);
    assert.notDeepEqual(plan(prompt, FAINT, { seed: 2 }).fluids, clip.fluids);
    // A river takes the water's place where it has no fall of its own; here it has one.
    assert.deepEqual(kindsOf(clip), FLUIDS);
  });

  it('moves more in a spicy clip, and never beyond its bounds', () => {
    const spicy = plan('huge waves', FAINT, { style: 'spicy' });
    assert.ok(fluidOf(spicy, 'water').strength > fluidOf(plan('huge waves'), 'water').strength);
    for (const prompt of ['very gentle tiny ripples', 'extreme huge dramatic waves, violent storm wind'])
      for (const { strength } of plan(prompt, FAINT, { style: 'spicy' }).fluids)
        assert.ok(strength >= 0.3 && strength <= 2, `${strength}`);
  });
});
