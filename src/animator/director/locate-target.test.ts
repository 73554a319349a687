import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Grid, Scene } from '../scene/scene.ts';
import { chooseFraming } from './choose-framing.ts';
import { direct } from './direct.ts';
import { locateTarget } from './locate-target.ts';

const [WIDTH, HEIGHT] = [64, 36];

const maskOf = (isIn: (x: number, y: number) => boolean): Grid => ({
  width: WIDTH,
  height: HEIGHT,
  data: Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    isIn(((i % WIDTH) + 0.5) / WIDTH, (Math.floor(i / WIDTH) + 0.5) / HEIGHT) ? 1 : 0,
  ),
});

/** A person at the left, from 0.2 to 0.95 of the height, before a lake at the lower right, under a sky. */
const SCENE: Scene = {
  depth: maskOf((_, y) => y > 0.5),
  sky: maskOf((_, y) => y < 0.3),
  confidence: { ground: 0.8, subject: 0.9, flat: 0 },
  horizon: 0.3,
  subjectDepth: 0.8,
  focus: { x: 0.25, y: 0.6 },
  areas: {
    subject: { mask: maskOf((x, y) => Math.abs(x - 0.25) < 0.1 && y > 0.2 && y < 0.95), confidence: 0.9 },
    water: { mask: maskOf((x, y) => x > 0.5 && y > 0.5), confidence: 0.6 },
    smoke: { mask: maskOf((x) => x > 0.9), confidence: 0.1 },
  },
};

describe('locateTarget', () => {
  it('finds the face in the upper part of the subject, and the feet below', () => {
    const face = locateTarget('face', SCENE, 1.8)!;
    assert.ok(Math.abs(face.x - 0.25) < 0.03 && face.y > 0.25 && face.y < 0.42, JSON.stringify(face));
    assert.ok(locateTarget('feet', SCENE, 1.8)!.y > 0.8);
  });

  it('takes the view that shows most of a sky or a lake', () => {
    assert.ok(locateTarget('sky', SCENE, 2.2)!.y < 0.25);
    const water = locateTarget('water', SCENE, 2.2)!;
    assert.ok(water.x > 0.65 && water.y > 0.65, JSON.stringify(water));
  });

  it('does not make up what the scene does not know', () => {
    assert.equal(locateTarget('fire', SCENE, 1.8), undefined);
    assert.equal(locateTarget('smoke', SCENE, 1.8), undefined);
    const nobody = { ...SCENE, confidence: { ...SCENE.confidence, subject: 0.2 } };
    assert.equal(locateTarget('face', nobody, 1.8), undefined);
    const room = { ...SCENE, confidence: { ...SCENE.confidence, ground: 0 } };
    assert.equal(locateTarget('sky', room, 1.8), undefined);
  });
});

describe('a close shot', () => {
  const source = { scene: SCENE, pointsOfInterest: [{ x: 0.6, y: 0.4 }], enlargement: 3 };

  it('lies within the picture wherever its target is', () => {
    for (const target of ['left', 'right', 'foreground', 'sky', 'water', 'feet'] as const) {
      const { x, y, zoom } = chooseFraming('close', source, target)!;
      for (const centre of [x, y])
        assert.ok(centre >= 0.5 / zoom - 1e-4 && centre <= 1 - 0.5 / zoom + 1e-4, target);
    }
  });

  it('falls back to what draws the eye', () => {
    assert.deepEqual(chooseFraming('close', source, 'fire'), chooseFraming('close', source));
  });

  it('goes where its words say, and the notes tell', () => {
    const plan = direct({
      prompt:
        'A lake. Cut to a close-up of the water. Cut to a close-up of the face of the woman. Cut to a close-up of the fire.',
      scenes: [SCENE],
      size: { width: 1280, height: 720 },
      durationSeconds: 10,
      cameraFixed: false,
      hasLastImage: false,
      seed: 1,
      style: 'natural',
      details: [source],
    });
    const framings = plan.shots.flatMap(({ framing }) => framing ?? []);
    assert.ok(framings[0]!.x > 0.6 && framings[0]!.y > 0.6);
    assert.ok(framings[1]!.x < 0.3 && framings[1]!.y < 0.45);
    const noteOn = (words: string) => plan.notes.find(({ message }) => message.startsWith(`"${words}": `))!;
    assert.equal(noteOn('water').kind, 'understood');
    assert.match(noteOn('face').message, /^"face": shot 3 is taken of it, \d+ % across and \d+ % down/);
    assert.equal(noteOn('fire').kind, 'clamped');
  });
});
