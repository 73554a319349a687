import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hinted } from '../scene/scene-hints.ts';
import { readSceneHints } from './read-scene-hints.ts';

const HINTS: Readonly<Record<string, string>> = {
  'a portrait of an old sailor': 'subject',
  'aerial landscape': 'ground',
  'a woman on the beach': 'subject ground',
  'flat lay of tools': 'flat',
  'an old map unrolls': 'flat',
  'a poster of a woman': '',
  'no people': '',
  'slow push in': '',
  一个女孩的肖像: 'subject',
  '航拍，雪山': 'ground',
  一张地图: 'flat',
};

describe('readSceneHints', () => {
  for (const [prompt, expected] of Object.entries(HINTS)) {
    it(prompt, () => {
      const said = Object.entries(readSceneHints(prompt)).filter(([, isSaid]) => isSaid);
      assert.equal(said.map(([name]) => name).join(' '), expected);
    });
  }
});

describe('hinted', () => {
  it('trusts a named reading more and a contradicted one less, but makes none up', () => {
    assert.ok(hinted(0.3, true, false) > 0.5);
    assert.ok(hinted(0.6, false, true) < 0.4);
    assert.equal(hinted(0.4, false, false), 0.4);
    for (const certain of [0, 1]) assert.equal(hinted(certain, true, false), certain);
  });
});
