import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tellPrompt } from './tell-prompt.ts';

const chips = (prompt: string) => tellPrompt(prompt).understood.map(({ kind, label }) => `${kind}: ${label}`);

describe('what a prompt is understood as', () => {
  it('names moves, weather, moving things and sounds', () => {
    assert.deepEqual(chips('slow push in, heavy rain'), [
      'camera: push in',
      'air: rain',
      'sound: sound of rain',
    ]);
    assert.deepEqual(chips('The camera orbits slowly. Clouds drift to the left'), [
      'camera: orbit',
      'motion: clouds in motion',
    ]);
  });

  it('tells each cut, and everything else once', () => {
    const said = chips('Push in. Cut to the boats, push in. Cut to the sky, tilt up');
    assert.deepEqual(said.filter((chip) => chip.startsWith('cut')).length, 2);
    assert.deepEqual(
      said.filter((chip) => chip.startsWith('camera')),
      ['camera: push in', 'camera: tilt up'],
    );
  });

  it('reads Chinese', () => {
    assert.ok(chips('镜头缓慢推进，下雪').includes('camera: push in'));
    assert.ok(chips('镜头缓慢推进，下雪').includes('air: snow'));
  });

  it('tells what it will not draw, and what is description', () => {
    const { notDrawn, description, understood } = tellPrompt(
      'A lighthouse stands on the cliff. She smiles and dances',
    );
    assert.deepEqual(understood, []);
    assert.ok(notDrawn.length > 0 && notDrawn.every(({ reason }) => reason.length > 10));
    assert.ok(description.some((text) => text.includes('lighthouse')));
    assert.deepEqual(tellPrompt(''), { understood: [], notDrawn: [], description: [] });
  });
});
