import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normalise } from './clauses.ts';
import { readShots } from './read-shots.ts';

/** Shots as "wide @2 0-3", in order: framing, picture counted from 1, time in seconds; "-" where nothing is said. */
function shots(prompt: string): string {
  return readShots(normalise(prompt))
    .map(({ framing, picture, time }) => {
      const said = [
        framing,
        picture === undefined ? undefined : `@${picture + 1}`,
        time === undefined ? undefined : `${time.start}-${time.end}`,
      ].filter((word) => word !== undefined);
      return said.length === 0 ? '-' : said.join(' ');
    })
    .join(' | ');
}

const cases = (title: string, table: Readonly<Record<string, string>>) =>
  describe(title, () => {
    for (const [prompt, expected] of Object.entries(table)) {
      it(prompt, () => assert.equal(shots(prompt), expected));
    }
  });

cases('marks between shots', {
  'a lake at dawn': '-',
  'a lake [cut] a cabin': '- | -',
  'a lake. Cut to: a close-up of the cabin': '- | close',
  'A lake, hard cut, her face, smash cut to the sea': '- | - | -',
  'a lake. Lens switch. medium shot of the jetty': '- | medium',
  '湖面全景，镜头切换，特写小屋': 'wide | close',
  '湖面。切到中景': '- | medium',
  'a lake (cut) an extreme close-up of the lamp': '- | detail',
  '[cut] a lake': '-',
  'the cutting board, she cuts bread': '-',
  'one long take without any hard cuts': '-',
  'no jump cut, no smash cut to anything': '-',
});

cases('labels', {
  'Shot 1: wide shot of a lake. Shot 2: close up of a cabin.': 'wide | close',
  'Misty morning. Shot one: the lake. Shot two: the jetty. Shot three: macro of dew': '- | - | detail',
  'a lake. Scene 2: the jetty': '- | -',
  '镜头一：湖面全景。镜头二：小屋特写': 'wide | close',
  '第一个镜头是湖，第二个镜头是中景': '- | medium',
  '[cut] Shot 2 (close-up): the lamp': 'close',
  'a lake [cut] shot 2: the lamp': '- | -',
});

cases('time codes', {
  '0-3s: wide shot of the lake; 3-5s: close-up': 'wide 0-3 | close 3-5',
  '[00:00-00:03] the lake [00:03-00:05.5] medium shot': '0-3 | medium 3-5.5',
  '0s - 2s: lake. 2s to 4s: jetty. 4s to 8s: cabin': '0-2 | 2-4 | 4-8',
  '0到3秒：全景；3到6秒：特写': 'wide 0-3 | close 3-6',
  'Shot 1 (0-2s): lake. Shot 2 (2-5s): the cabin, close-up': '0-2 | close 2-5',
  'a 4-5 second clip of a lake': '-',
  'a lake, 8 s': '-',
  '2-3 people on a jetty, 3-4 s': '-',
  '3-5s: the jetty. 0-3s: the lake': '-',
});

cases('pictures', {
  '@Image1 pan left. [cut] @Image2 push in': '@1 | @2',
  'image 2, then cut to the first picture': '@2 | @1',
  '图1缓慢推近，镜头切换，图3特写': '@1 | close @3',
  'the second image. Cut to the third photo': '@2 | @3',
  '第二张图片。切到第一张照片': '@2 | @1',
  'an image of a lake [cut] a map': '- | -',
});

describe('the lens', () => {
  const table: Readonly<Record<string, string>> = {
    'a lake': '-',
    'rack focus': 'focus-far',
    'rack focus to the background': 'focus-far',
    'focus shifts to the foreground': 'focus-near',
    'pull focus from the background to her face': 'focus-near',
    'shallow depth of field, bokeh': 'shallow',
    'no bokeh': '-',
    焦点从前景转移到背景: 'focus-far',
    背景虚化: 'shallow',
    'a lake [cut] rack focus': '- | focus-far',
  };
  for (const [prompt, expected] of Object.entries(table)) {
    it(prompt, () => {
      const found = readShots(normalise(prompt)).map(({ lens }) => lens?.wish ?? '-');
      assert.equal(found.join(' | '), expected);
    });
  }
});

describe('readShots', () => {
  it('covers the prompt from its start to its end', () => {
    const text = normalise('Shot 1: a lake. Cut to a jetty. Shot 3: a cabin');
    const found = readShots(text);
    assert.equal(found[0]!.from, 0);
    assert.equal(found.at(-1)!.to, text.length);
    assert.deepEqual(
      found.map(({ mark }) => mark),
      [undefined, 'cut to', 'shot 3'],
    );
    for (const [i, shot] of found.entries()) assert.ok(shot.from <= (found[i + 1]?.from ?? text.length));
  });

  it('reads any text without failing', () => {
    for (const text of [
      '',
      ' ',
      '[cut]',
      '[cut][cut][cut]',
      'cut to',
      '0-3s',
      '镜头切换'.repeat(500),
      '0-1s '.repeat(900),
    ])
      assert.ok(readShots(normalise(text)).length >= 1);
  });
});
