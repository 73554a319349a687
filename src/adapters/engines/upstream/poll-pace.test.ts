import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimateProgress } from './estimate-progress.ts';
import { pauseMs } from './poll-pace.ts';

const PACE = { firstMs: 25_000, everyMs: 15_000, longestMs: 120_000 };
const pause = (asked: number, failures: number, random = 0.5) => pauseMs(PACE, { asked, failures, random });

describe('the pace of questions', () => {
  it('waits longer before the first, and steadily then', () => {
    assert.equal(pause(0, 0), 25_000);
    assert.equal(pause(1, 0), 15_000);
    assert.equal(pause(100, 0), 15_000);
  });

  it('is a quarter longer or shorter by chance', () => {
    assert.equal(pause(1, 0, 0), 11_250);
    assert.ok(pause(1, 0, 0.999) > 18_700);
  });

  it('doubles with every question that is not answered, up to a limit', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 1000].map((failures) => pause(5, failures)),
      [30_000, 60_000, 120_000, 120_000, 120_000],
    );
  });

  it('keeps to a pace that is slower than the limit', () => {
    assert.equal(pauseMs({ ...PACE, longestMs: 1000 }, { asked: 0, failures: 3, random: 0.5 }), 25_000);
  });
});

describe('progress that nobody tells', () => {
  it('shows at once that something is under way, and most of it at the usual time', () => {
    assert.equal(estimateProgress(0, 90_000), 0.01);
    assert.equal(estimateProgress(90_000, 90_000), 0.73);
  });

  it('never falls and never reaches the end', () => {
    let before = 0;
    for (let elapsedMs = -1000; elapsedMs < 3_600_000; elapsedMs += 7000) {
      const progress = estimateProgress(elapsedMs, 90_000);
      assert.ok(progress >= before && progress <= 0.95, `${progress} after ${before}`);
      before = progress;
    }
    assert.equal(before, 0.95);
  });
});
