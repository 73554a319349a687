import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPrompt } from './read-prompt.ts';

/** Moves as "push-in 0.65", a pair as "pan-left|pan-right", phases apart by " > ", moves of one wish joined by "+". */
function moves(prompt: string): string {
  const { wishes } = readPrompt(prompt);
  const phases: string[][] = [];
  for (const wish of wishes) {
    const names = wish.words.moves.map(({ move, strength = 1 }) => {
      const factor = Math.round(strength * wish.factor * 100) / 100;
      return [move].flat().join('|') + (factor === 1 ? '' : ` ${factor}`);
    });
    phases[wish.phase] ??= [];
    phases[wish.phase]!.push(names.join('+'));
  }
  return phases.map((phase) => phase.join(', ')).join(' > ');
}

const cases = (title: string, table: Readonly<Record<string, string>>) =>
  describe(title, () => {
    for (const [prompt, expected] of Object.entries(table)) {
      it(prompt, () => assert.equal(moves(prompt), expected));
    }
  });

cases('every move has English names', {
  'push in': 'push-in',
  'dolly in': 'push-in',
  'The camera moves closer.': 'push-in',
  'push the camera in': 'push-in',
  'camera slowly moves forward through the hall': 'push-in 0.65',
  'pull out': 'pull-out',
  'The camera pulls back to reveal the room': 'pull-out',
  'dolly out': 'pull-out',
  'zoom in': 'zoom-in',
  'slow zoom': 'zoom-in 0.65',
  'zooms out': 'zoom-out',
  'pan left': 'pan-left',
  'panning to the right': 'pan-right',
  'camera pans from left to right': 'pan-right',
  'camera pans': 'pan-left|pan-right',
  'tilt up': 'tilt-up',
  'the camera tilts downwards': 'tilt-down',
  'truck left': 'truck-left',
  'the camera slides to the right': 'truck-right',
  'tracking shot': 'truck-left|truck-right',
  'pedestal up': 'pedestal-up',
  'crane shot': 'pedestal-up',
  'the camera rises': 'pedestal-up',
  'camera descends': 'pedestal-down',
  'the camera orbits around the statue': 'orbit-left|orbit-right',
  'arc shot': 'orbit-left|orbit-right',
  'the camera circles the car clockwise': 'orbit-left',
  'dolly zoom': 'dolly-zoom',
  'vertigo effect': 'dolly-zoom',
  handheld: 'handheld',
  'shaky camera': 'handheld',
  static: 'static',
  'locked-off shot': 'static',
  'shot on a tripod': 'static',
  'drone shot over the valley': 'push-in 0.8+pedestal-up 0.6',
  'aerial view of the coast': 'push-in 0.8+pedestal-up 0.6',
  'dutch angle': 'roll-left|roll-right',
  'the camera rolls to the right': 'roll-right',
  'a barrel roll': 'roll-left|roll-right',
  'crash zoom on her eyes': 'crash-zoom',
  'whip pan': 'whip-left|whip-right',
  'whip pan to the left': 'whip-left',
  'follow shot through the market': 'push-in 0.6+handheld 0.5+walk',
  'steadicam shot': 'push-in 0.6+handheld 0.5+walk',
});

cases('every move has Chinese names', {
  镜头缓慢推近: 'push-in 0.65',
  '拉远，露出整个城市': 'pull-out',
  变焦放大: 'zoom-in',
  镜头缩小: 'zoom-out',
  向左摇: 'pan-left',
  镜头从左向右摇: 'pan-right',
  向上摇: 'tilt-up',
  下摇: 'tilt-down',
  镜头向左平移: 'truck-left',
  横移: 'truck-left|truck-right',
  镜头上升: 'pedestal-up',
  下降镜头: 'pedestal-down',
  镜头环绕人物: 'orbit-left|orbit-right',
  希区柯克变焦: 'dolly-zoom',
  手持镜头: 'handheld',
  固定镜头: 'static',
  荷兰角: 'roll-left|roll-right',
  急推: 'crash-zoom',
  向左甩镜头: 'whip-left',
  跟拍: 'push-in 0.6+handheld 0.5+walk',
  航拍镜头: 'push-in 0.8+pedestal-up 0.6',
  快速拉远: 'pull-out 1.6',
  '镜头向右摇，然后推近': 'pan-right > push-in',
});

cases('words of strength', {
  'very slow zoom out': 'zoom-out 0.4',
  'a gentle, cinematic push in': 'push-in 0.5',
  'Slowly, the camera tilts up': 'tilt-up 0.65',
  'camera pushes in on her face slowly': 'push-in 0.65',
  'The camera pans dramatically to the left': 'pan-left 1.8',
  'fast truck right': 'truck-right 1.6',
  'push in toward the large house': 'push-in',
  'push in, dramatic clouds': 'push-in',
});

cases('one after another', {
  'zoom in then zoom out': 'zoom-in > zoom-out',
  'Pan left, then push in slowly. Finally tilt up.': 'pan-left > push-in 0.65 > tilt-up',
  '0-3s: push in; 3-8s: pan left': 'push-in > pan-left',
  'shot 1: push in. shot 2: orbit left': 'push-in > orbit-left',
  'push in and tilt up': 'push-in, tilt-up',
});

cases('negations', {
  "don't zoom": '',
  'no zoom, no pan': '',
  'without zooming and panning': '',
  'Avoid camera shake.': '',
  "Don't zoom, pan or tilt. Slow dolly in.": 'push-in 0.65',
  'no zoom but a slow pan left': 'pan-left 0.65',
  'The camera does not zoom and slowly pans left': 'pan-left 0.65',
  'no camera movement': 'static',
  "the camera doesn't move": 'static',
  不要变焦: '',
  '不要变焦，缓慢向右摇镜头': 'pan-right 0.65',
  没有镜头移动: 'static',
  不断推进: 'push-in',
});

cases('words that only look like moves', {
  'a panda eats bamboo in the company garden': '',
  'her tilted hair moves in the wind': '',
  'a frying pan left on the stove': '',
  'A truck left the station': '',
  'a zoom call with friends': '',
  'The satellite orbits the planet': '',
  'a wide shot of a rocket rising': '',
  'she tilts her head up': '',
  'people move left': '',
  'clouds roll over the hills': '',
  'a man walks through the rain': '',
  'he walks toward the camera': '',
  'dog runs toward the camera': '',
  'She pulls out a letter': '',
  'she says "zoom in on me" and laughs': '',
  'tilt-shift photograph of a still life': '',
  手持长剑的武士: '',
  云雾环绕山峰: '',
  人物向左移动: '',
});

describe('readPrompt', () => {
  it('remembers what is ruled out', () => {
    assert.deepEqual([...readPrompt('No pan, tilt or zoom').forbidden].sort(), [
      'pan-left',
      'pan-right',
      'tilt-down',
      'tilt-up',
      'zoom-in',
    ]);
  });

  it('reads how a camera moves that is not told where', () => {
    assert.equal(readPrompt('gentle cinematic camera movement').generalFactor, 0.5);
    const energetic = readPrompt('fast, dynamic camera');
    assert.ok(energetic.generalFactor > 1 && energetic.generalSurge);
  });

  it('hears places and weather, unless they are negated', () => {
    const heard = (prompt: string) =>
      readPrompt(prompt).sounds.map(({ words }) => words.ambience ?? words.event);
    assert.deepEqual(heard('heavy rain over the city at night'), ['rain', 'city', 'night']);
    assert.deepEqual(heard('海浪拍打海滩'), ['waves', 'waves']);
    assert.deepEqual(heard('no rain, a romantic poster 浪漫海报'), []);
  });

  it('lists what nothing is known about', () => {
    assert.deepEqual(readPrompt('slow push in, a dragon unfolds its wings').unread, [
      'a dragon unfolds its wings',
    ]);
    assert.deepEqual(readPrompt('Slow, smooth camera push in, 8s').unread, []);
  });

  it('reads any text without failing', () => {
    for (const text of [
      '',
      '   ',
      '🐼🐼🐼',
      '((((',
      '"',
      'a'.repeat(20_000),
      '推'.repeat(5000),
      '\u0000\n\t',
      'pan '.repeat(2000),
    ]) {
      assert.ok(Array.isArray(readPrompt(text).wishes));
    }
  });
});
