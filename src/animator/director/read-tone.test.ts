import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseTone } from './choose-tone.ts';
import { normalise } from './clauses.ts';
import { readPrompt } from './read-prompt.ts';
import { readTone } from './read-tone.ts';

/** Looks with their strengths, as a sentence. */
const LOOKS: Readonly<Record<string, string>> = {
  'a cinematic shot of a harbour': 'cinematic 1',
  'cinematic push in, golden hour': 'cinematic 1, warm 1',
  'warm light falls on her face': 'warm 1',
  'slightly warm tones': 'warm 0.5',
  'very moody': 'moody 1',
  'teal and orange grade': 'teal-orange 1',
  'cool tones, high contrast': 'cold 1, contrast 1',
  'film noir, dramatic lighting': 'noir 1, contrast 1',
  'Black and white, slow zoom': 'monochrome 1',
  'a black and white cat on the sofa': '',
  'vintage film look': 'vintage 1',
  'a vintage car drives by': '',
  'shot on 35mm with a 35mm lens': 'vintage 1',
  'dreamy, soft light': 'dreamy 1, dreamy 0.5',
  'cyberpunk city with neon signs': 'neon 1, neon 1',
  'vivid colors, not black and white': 'vivid 1',
  'muted pastel tones': 'muted 1',
  'a cold winter morning': '',
  'she wears a warm coat': '',
  'bright eyes, light breeze': '',
  'no cinematic look': '',
  电影感镜头: 'cinematic 1',
  '黄金时刻，暖色调': 'warm 1, warm 1',
  '青橙色调，高对比': 'teal-orange 1, contrast 1',
  黑白画面: 'monochrome 1',
  一只黑白猫: '',
  复古胶片风格: 'vintage 1, vintage 1',
  '霓虹灯下的街道，赛博朋克': 'neon 1, neon 1',
  梦幻柔光: 'dreamy 1, dreamy 0.5',
  色彩鲜艳: 'vivid 1',
};

describe('readTone', () => {
  for (const [prompt, expected] of Object.entries(LOOKS)) {
    test(prompt, () => {
      const { wishes } = readTone(normalise(prompt));
      assert.equal(wishes.map(({ look, strength }) => `${look} ${strength}`).join(', '), expected);
    });
  }

  test('what is said of light is no unread description', () => {
    assert.deepEqual(readPrompt('teal and orange, not black and white').unread, []);
  });
});

describe('chooseTone', () => {
  const choose = (prompt: string, style: 'natural' | 'spicy' = 'natural', shots = 1) =>
    chooseTone(readTone(normalise(prompt)), style, shots);

  test('says nothing and does nothing unasked', () => {
    assert.deepEqual(choose('a boat on a lake'), { looks: [], notes: [] });
  });

  test('the strongest of several words for one look counts', () => {
    assert.deepEqual(choose('soft light, dreamy').looks, [{ name: 'dreamy', strength: 1 }]);
  });

  test('spicy is a style of motion and grading, and the notes say so', () => {
    const { looks, notes } = choose('', 'spicy');
    assert.deepEqual(looks, [{ name: 'spicy', strength: 1 }]);
    assert.match(notes[0]!.message, /style of motion and grading, and nothing else/);
  });

  test('the colours of the picture count for more than any look', () => {
    const { looks, notes } = choose('natural colors, golden hour', 'spicy');
    assert.deepEqual(looks, []);
    assert.ok(notes.some(({ kind, message }) => kind === 'ignored' && message.includes('golden hour')));
  });

  test('a look holds for all shots, which the notes own up to', () => {
    const { notes } = choose('shot 1: a street. shot 2: black and white', 'natural', 2);
    assert.ok(notes.some(({ kind }) => kind === 'clamped'));
  });
});
