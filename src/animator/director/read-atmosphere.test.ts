import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseAtmosphere } from './choose-atmosphere.ts';
import { readPrompt } from './read-prompt.ts';

/** What a prompt puts into the air, as "rain 0.5, fog"; "+ lightning" behind it, and "- words" that rule something out. */
function air(prompt: string): string {
  const reading = readPrompt(prompt);
  const effects = chooseAtmosphere(reading, 1).map(({ kind, strength }) =>
    strength === 1 ? kind : `${kind} ${Number(strength.toFixed(2))}`,
  );
  const flashes = reading.atmosphere.wishes.some(({ effects }) =>
    effects.some(({ kind }) => kind === 'lightning'),
  );
  const absent = reading.atmosphere.absent.map((text) => ` - ${text}`);
  return effects.join(', ') + (flashes ? ' + lightning' : '') + absent.join('');
}

const cases = (title: string, table: Readonly<Record<string, string>>) =>
  describe(title, () => {
    for (const [prompt, expected] of Object.entries(table))
      it(prompt, () => assert.equal(air(prompt), expected));
  });

cases('the air is what the prompt says', {
  rain: 'rain',
  'rain falls on the street': 'rain',
  'a rainy street at night': 'rain',
  'a thunderstorm over the sea': 'gloom, rain 1.5 + lightning',
  'lightning flashes across the sky': 'gloom + lightning',
  'distant thunder': '',
  'it starts to snow': 'snow',
  'snowflakes drift past the window': 'snow',
  snow: 'snow',
  'add some snow, slow push in': 'snow',
  'a blizzard': 'snow 1.8',
  'morning mist over the lake': 'fog',
  'a hazy valley': 'fog 0.45',
  'god rays through the trees': 'rays',
  'sunlight streams through the window': 'rays',
  'dust motes float in the light': 'dust',
  'magical particles': 'dust',
  'glowing embers rise from the fire': 'embers',
  'fog, light rain and embers': 'fog, rain 0.5, embers',
  'a woman by the window, push in': '',
  '': '',
});

cases('how much of it there is', {
  'light rain': 'rain 0.5',
  'rain falls softly over the lake': 'rain 0.5',
  drizzle: 'rain 0.45',
  'heavy rain, slow push in': 'rain 1.5',
  'heavy summer rain': 'rain 1.5',
  'rain begins to fall heavily': 'rain 1.5',
  'torrential rain': 'rain 1.8',
  'a downpour': 'rain 1.7',
  'gentle snow': 'snow 0.45',
  'heavy snowfall in the forest': 'snow 1.5',
  'thick fog rolls in': 'fog 1.5',
  'thin mist': 'fog 0.5',
  'dense forest, light rain': 'rain 0.5',
  'heavy traffic in the rain': 'rain',
  'soft light on her face, a foggy forest': 'fog',
});

cases('Chinese', {
  下雨了: 'rain',
  暴雨倾盆: 'rain 1.7',
  小雨: 'rain 0.45',
  大雨: 'rain 1.4',
  '雷雨夜，镜头推近': 'gloom, rain 1.2 + lightning',
  电闪雷鸣: 'gloom + lightning',
  大雪纷飞: 'snow 1.5',
  '下雪了，微风': 'snow',
  浓雾弥漫: 'fog 1.6',
  薄雾: 'fog 0.45',
  阳光透过树叶: 'rays',
  尘埃在光中飘浮: 'dust',
  火星四溅: 'embers',
});

cases('negations', {
  'no rain': ' - rain',
  "don't add rain": ' - rain',
  'not raining anymore': ' - raining',
  'without rain or snow': ' - rain - snow',
  'no fog, rain, or snow': ' - fog - rain - snow',
  'rain, but no lightning': 'rain - lightning',
  'snow instead of rain': 'snow - instead of rain',
  '没有雨，不要下雪': ' - 雨 - 下雪',
});

cases('weather that is over or still to come', {
  'after the rain the street glistens': ' - after the rain',
  'after heavy rain': ' - after heavy rain',
  'the rain has stopped': ' - rain has stopped',
  'the fog clears slowly': ' - fog clears',
  'calm before the storm': ' - calm before the storm',
  'the storm passes': ' - storm passes',
  雨后的街道: ' - 雨后',
});

cases('words within words, and words for other things', {
  'a train crosses the plain': '',
  'wood grain, brain, terrain, drainage, restraint': '',
  'a snowboard jacket': '',
  'a rainbow over the valley': '',
  'September, December, remember, member': '',
  'an x-ray, a stingray, ray-ban glasses': '',
  'a woman in a raincoat and rain boots': '',
  'rain-soaked streets': '',
  'raindrops on the window': '',
  'a cabin in the snow': '',
  'snow-capped mountains': '',
  'storm clouds gather': '',
  'a lightning-fast sports car': '',
  'fog machine in a club': '',
  'face mist spray bottle': '',
  'this sparks joy': '',
  'a dust jacket': '',
  雨伞下的女人: '',
  雪山上的日出: '',
  雾面口红: '',
  火星表面: '',
});

describe('wind', () => {
  const windOf = (prompt: string, seed = 1) => chooseAtmosphere(readPrompt(prompt), seed)[0]!.wind;

  it('blows a little by itself, to a side by the seed, and as hard as the prompt says', () => {
    const calm = [1, 2, 3, 4, 5, 6].map((seed) => windOf('rain', seed));
    assert.ok(calm.every((wind) => Math.abs(wind) > 0.1 && Math.abs(wind) < 0.3));
    assert.ok(calm.some((wind) => wind < 0) && calm.some((wind) => wind > 0));
    assert.equal(Math.abs(windOf('rain and a breeze')), 0.3);
    assert.equal(Math.abs(windOf('snow in strong wind')), 1);
    assert.equal(Math.abs(windOf('blizzard')), 1);
    assert.ok(Math.abs(windOf('rain, no wind')) < 0.3);
  });

  it('blows the way that the prompt says, but not the way that the camera pans', () => {
    assert.equal(windOf('rain, wind from the left'), 0.6);
    assert.equal(windOf('rain, wind from the right'), -0.6);
    const panned = [1, 2, 3, 4, 5, 6].map((seed) => windOf('snow drifts while the camera pans left', seed));
    assert.ok(panned.some((wind) => wind > 0) && panned.some((wind) => wind < 0));
  });
});

describe('what is heard of the weather', () => {
  const heard = (prompt: string) =>
    readPrompt(prompt).sounds.map(({ words }) => words.ambience ?? words.event);

  it('is not heard when it is over, ruled out, or another thing', () => {
    for (const prompt of [
      'after the rain',
      'no fog, rain, or snow',
      'rain boots',
      'a lightning-fast car',
      '雨后',
    ])
      assert.deepEqual(heard(prompt), [], prompt);
    assert.deepEqual(heard('rain'), ['rain']);
  });
});
