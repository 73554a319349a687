import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawPicture } from '../raster/test-pictures.ts';
import { findCorrespondence, SAME_SCENE_SHARE } from './correspondence.ts';
import { DUSK, drawSurface, SCENE_SIZE } from './test-scenes.ts';

const scene = drawSurface(1);

test('a scene is recognised from another place, from closer by and at another hour', () => {
  const others = {
    itself: scene,
    'from the side': drawSurface(1, (x, y) => [x + 31, y - 8]),
    'from closer by': drawSurface(1, (x, y) => [x / 1.4, y / 1.4]),
    'from further off': drawSurface(1, (x, y) => [x * 1.4, y * 1.4]),
    'in the evening': drawSurface(1, (x, y) => [x + 5, y], DUSK),
  };
  for (const [name, other] of Object.entries(others)) {
    const { share, match } = findCorrespondence(scene, other);
    assert.ok(share > 0.7 && match !== undefined, `${name}: ${share}`);
  }
});

test('the flow starts from the picture that lies within the other', () => {
  const closer = drawSurface(1, (x, y) => [x / 1.4, y / 1.4]);
  assert.equal(findCorrespondence(scene, closer).match?.base, 'second');
  assert.equal(findCorrespondence(closer, scene).match?.base, 'first');
});

test('the light is compared where the pictures correspond', () => {
  const aside = drawSurface(1, (x, y) => [x + 31, y - 8]);
  assert.ok(findCorrespondence(scene, aside).match!.lightChange < 0.02);
  assert.ok(
    findCorrespondence(
      scene,
      drawSurface(1, (x, y) => [x + 31, y], DUSK),
    ).match!.lightChange > 0.1,
  );
});

test('nothing is recognised in another scene, in a mirror image, or before a blank wall', () => {
  const blank = drawPicture(SCENE_SIZE, () => [200, 200, 200]);
  const strangers = { another: drawSurface(2), mirrored: drawSurface(1, (x, y) => [-x, y]), blank };
  for (const [name, other] of Object.entries(strangers)) {
    for (const pair of [
      [scene, other],
      [other, scene],
    ] as const) {
      const { share, match } = findCorrespondence(...pair);
      assert.ok(share < 0.2 * SAME_SCENE_SHARE && match === undefined, `${name}: ${share}`);
    }
  }
  assert.equal(findCorrespondence(blank, blank).share, 0);
});

test('equal pictures give equal flows', () => {
  const other = drawSurface(1, (x, y) => [x + 12, y + 3]);
  assert.deepEqual(findCorrespondence(scene, other), findCorrespondence(scene, other));
});
