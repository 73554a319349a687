/** The fast part of the quality suite: what `npm run quality -- --fast` prints must hold in every test run. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isMiss } from '../../quality/gates/measurement.ts';
import { runQuality } from '../../quality/run-quality.ts';

it('meets every target of the fast cases but for the known gaps', async () => {
  const verdicts = await runQuality({ isFast: true, resolution: '480p', report: () => {} });
  const misses = verdicts.flatMap(({ caseName, misses: missed }) =>
    missed.map(({ gate, value, unit }) => `${caseName}: ${gate} ${value} ${unit}`),
  );
  assert.deepEqual(misses, []);
  const figures = verdicts.flatMap(({ measurements }) => measurements);
  assert.ok(
    verdicts.length > 100 && figures.length > 500,
    `${verdicts.length} cases, ${figures.length} figures`,
  );
  const gaps = verdicts.flatMap((verdict) => verdict.gaps);
  assert.ok(gaps.every(isMiss) && gaps.length <= 6, `${gaps.length} figures miss their target as known gaps`);
});
