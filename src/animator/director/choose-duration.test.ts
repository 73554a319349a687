import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseDuration } from './choose-duration.ts';

describe('chooseDuration', () => {
  const table: Readonly<Record<string, number>> = {
    '': 5,
    'a cat on a wall': 5,
    'push in, 8s': 8,
    'a ten-second clip of a lake': 10,
    '12 seconds': 12,
    持续8秒钟: 8,
    十二秒的镜头: 12,
    '0-3s: push in; 3-8s: pan left': 8,
    '00:00-00:04 a lake 00:04-00:10 a jetty': 10,
    'a lake [cut] a jetty [cut] a cabin': 11,
    'a 60 second film': 15,
    'a 2 second clip': 4,
    '7.6 s': 8,
    'zoom in then zoom out': 8,
    'pan left, then tilt up, then push in': 11,
    'a street. cut to a face. cut to a hand': 11,
    'retro 80s style, shot in 1985 at 24 fps': 5,
    'after 2 seconds she turns': 5,
  };
  for (const [prompt, seconds] of Object.entries(table)) {
    it(`${prompt || 'nothing said'} -> ${seconds} s`, () => assert.equal(chooseDuration(prompt), seconds));
  }
});
