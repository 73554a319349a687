/**
 * The embedded engine end to end (picture, analysis, plan, frames, sound, file) against the physical limit: encoding the same
 * frames with the same settings and nothing else. Both take turns in every round and the ratio is taken per round, so it
 * holds on a busy machine where the seconds drift. The same ratio of processor time holds even there, and is what the other one comes
 * to when both keep all cores busy. Also the memory that a render process takes at most.
 *
 *     node bench/run.ts clip [--size 720p] [--tier quick] [--rounds 3]      4 minutes for all of it
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EmbeddedEngine } from '#adapters/engines/embedded/embedded-engine.ts';
import { randomIds } from '#adapters/system/random-ids.ts';
import { createClipWriter } from '#animator/encode/clip-writer.ts';
import { copyFrame } from '#animator/raster/copy-frame.ts';
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import { RESOLUTIONS, type Resolution } from '#domain/media/frame-size.ts';
import type { EngineJob } from '#ports/engine.ts';
import { silentLog } from '#tests/fixtures/silent-log.ts';
import { median } from './tools/median.ts';
import { type Case, type DrawnClip, drawClip, jobOf, type SceneName } from './tools/scenes.ts';

const DURATION_SECONDS = 5;
const LONGEST_SECONDS = 15;

const { values: options } = parseArgs({
  options: {
    size: { type: 'string' },
    tier: { type: 'string' },
    rounds: { type: 'string', default: '3' },
  },
});
const chosen = <Value extends string>(all: readonly Value[], wish: string | undefined): readonly Value[] =>
  wish === undefined ? all : all.filter((one) => one === wish);
const resolutions = chosen<Resolution>(RESOLUTIONS, options.size);
const tiers = chosen<ClipQuality>(['quick', 'high'], options.tier);
const scenes: readonly SceneName[] = ['light', 'heavy'];

const folder = mkdtempSync(join(tmpdir(), 'animatic-bench-'));
const openEngine = () => new EmbeddedEngine({ workers: 1, ids: randomIds, log: silentLog });

interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** @param cpuSeconds Of the process that does the work, so far. */
async function costOf(run: () => unknown, cpuSeconds: () => number): Promise<Cost> {
  const [startMs, cpuBefore] = [performance.now(), cpuSeconds()];
  await run();
  return { seconds: (performance.now() - startMs) / 1000, cpuSeconds: cpuSeconds() - cpuBefore };
}

function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** What Linux tells of this process's only child; undefined on other systems. */
function readOfChild(file: 'stat' | 'status'): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const child = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim();
  return readFileSync(`/proc/${child}/${file}`, 'utf8');
}

/** Clock ticks of /proc, https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html. */
const TICKS_PER_SECOND = 100;

function childCpuSeconds(): number {
  const fields = readOfChild('stat')?.split(' ');
  return fields === undefined ? Number.NaN : (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

async function runEngine(engine: EmbeddedEngine, job: EngineJob): Promise<void> {
  const handle = await engine.start(job);
  let status = await engine.status(handle, { waitMs: 0 });
  while (status.state === 'running')
    status = await engine.status(handle, { after: status.revision, waitMs: 10_000 });
  if (status.state !== 'completed') throw new Error(`The engine failed: ${JSON.stringify(status)}`);
}

function encode({ plan, frames, sound }: DrawnClip, quality: ClipQuality, path: string): void {
  const { size, frameCount } = plan;
  const writer = createClipWriter({ path, size, frameCount, sound, quality });
  for (const frame of frames) writer.addFrame((out) => copyFrame(frame, out));
  writer.finish();
}

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

async function measure(engine: EmbeddedEngine, one: Case): Promise<void> {
  const job = jobOf(one, folder);
  const drawn = await drawClip(job);
  const alonePath = join(folder, 'alone.mp4');
  const rounds = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const whole = await costOf(() => runEngine(engine, job), childCpuSeconds);
    const alone = await costOf(() => encode(drawn, one.quality, alonePath), ownCpuSeconds);
    rounds.push({ whole, alone });
  }
  if (hashOf(job.outputPath) !== hashOf(alonePath))
    throw new Error('The engine and the encoder alone made different files.');
  const engineSeconds = median(rounds.map(({ whole }) => whole.seconds));
  const cells = [
    one.resolution.padEnd(6),
    one.quality.padEnd(6),
    one.scene.padEnd(6),
    engineSeconds.toFixed(2).padStart(9),
    median(rounds.map(({ alone }) => alone.seconds))
      .toFixed(2)
      .padStart(9),
    median(rounds.map(({ whole, alone }) => whole.seconds / alone.seconds))
      .toFixed(2)
      .padStart(7),
    median(rounds.map(({ whole, alone }) => whole.cpuSeconds / alone.cpuSeconds))
      .toFixed(2)
      .padStart(10),
    (one.durationSeconds / engineSeconds).toFixed(2).padStart(13),
  ];
  console.log(cells.join(' '));
}

/** The most memory that the child has ever held, MB. */
function peakMemoryOfChild(): number | undefined {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readOfChild('status') ?? '')?.[1];
  return peak === undefined ? undefined : (Number(peak) * 1024) / 1e6;
}

async function measureMemory(quality: ClipQuality): Promise<void> {
  const engine = openEngine();
  const job = jobOf(
    { scene: 'heavy', resolution: '1080p', quality, durationSeconds: LONGEST_SECONDS },
    folder,
  );
  await runEngine(engine, job);
  const peak = peakMemoryOfChild();
  await engine.close();
  const figure = peak === undefined ? 'not measured on this system' : `${peak.toFixed(0)} MB at most`;
  console.log(`render process, ${LONGEST_SECONDS} s at 1080p, ${quality}, heavy: ${figure}`);
}

console.log(`${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Node ${process.versions.node}`);
console.log(`${DURATION_SECONDS} s clips, medians of ${options.rounds} rounds`);
console.log('size   tier   scene   engine s  encode s   ratio  CPU ratio  x real time');
try {
  const engine = openEngine();
  await engine.warm();
  for (const resolution of resolutions) {
    for (const quality of tiers) {
      for (const scene of scenes)
        await measure(engine, { scene, resolution, quality, durationSeconds: DURATION_SECONDS });
    }
  }
  await engine.close();
  if (resolutions.includes('1080p')) for (const quality of tiers) await measureMemory(quality);
} finally {
  rmSync(folder, { recursive: true });
}
