/**
 * The quality suite: every still with every wish of the table against the gates that the engine is held to. One line a case;
 * exit code 1 when a target is missed that tests/known-gaps/quality.md does not name.
 *
 *     npm run quality [-- --fast] [-- --720p] [-- <part of a case's name>]
 */
import { parseArgs } from 'node:util';
import { isMiss, type Measurement } from './gates/measurement.ts';
import { runQuality, type Verdict } from './run-quality.ts';

const { values, positionals } = parseArgs({
  options: { fast: { type: 'boolean', default: false }, '720p': { type: 'boolean', default: false } },
  allowPositionals: true,
});

const startedMs = performance.now();
const verdicts = await runQuality({
  isFast: values.fast,
  resolution: values['720p'] ? '720p' : '480p',
  filter: positionals[0],
  report: print,
});

const count = (of: (verdict: Verdict) => readonly Measurement[]): number =>
  verdicts.reduce((sum, verdict) => sum + of(verdict).length, 0);
const misses = count((verdict) => verdict.misses);
console.log(
  `\n${verdicts.length} cases, ${count((verdict) => verdict.measurements)} figures, ${misses} misses, ` +
    `${count((verdict) => verdict.gaps)} known gaps, ${((performance.now() - startedMs) / 1000).toFixed(0)} s`,
);
process.exitCode = misses === 0 && verdicts.length > 0 ? 0 : 1;

function print({ caseName, measurements, misses: missed, gaps }: Verdict): void {
  const state = missed.length > 0 ? 'MISS' : gaps.length > 0 ? 'gap ' : 'ok  ';
  console.log(`${state} ${caseName}: ${measurements.map(describe).join('; ')}`);
}

function describe(measurement: Measurement): string {
  const { gate, value, unit, atLeast, atMost } = measurement;
  const bounds = [
    ...(atLeast === undefined ? [] : [`>= ${atLeast}`]),
    ...(atMost === undefined ? [] : [`<= ${atMost}`]),
  ];
  const target = bounds.length === 0 ? '' : ` (${bounds.join(', ')})`;
  const figure = String(Number(Math.abs(value) < 0.001 ? 0 : value.toPrecision(4)));
  return `${isMiss(measurement) ? '! ' : ''}${gate} ${figure}${unit === '' ? '' : ` ${unit}`}${target}`;
}
