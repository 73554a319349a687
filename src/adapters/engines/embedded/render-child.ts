/**
 * The render process's program: renders one job after another for the server that started it. A fault of the input is
 * reported; any other error ends the process, because nobody knows what state it left behind. When the server vanishes, the
 * process exits at once.
 *
 * Its command line is what `render-arguments.ts` says.
 */
import { AnimaticError, toStoredError } from '#domain/errors.ts';
import type { EngineJob } from '#ports/engine.ts';
import { openDepthSource } from './depth/depth-source.ts';
import { readRenderArguments } from './render-arguments.ts';
import { renderClip } from './render-clip.ts';
import type { FromRenderProcess, RenderEnding, ToRenderProcess } from './render-messages.ts';
import { RenderThreads } from './render-threads.ts';
import { warmUp } from './warm-up.ts';

let stop = new AbortController();

// Ctrl-C reaches the whole process group; what to do about running jobs is the server's decision.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('message', (message: ToRenderProcess) => {
  if (message.kind === 'stop') stop.abort();
  else void render(message.job);
});

const { threads, depthModel } = readRenderArguments(process.argv.slice(2));
const renderThreads = new RenderThreads(threads);
const depthSource = await openDepthSource(depthModel);
if (depthSource.notice !== undefined) say({ kind: 'notice', notice: depthSource.notice });
await warmUp(depthSource, renderThreads.begin);
process.send!({ kind: 'ready' }, ignoreGoneServer);

async function render(job: EngineJob): Promise<void> {
  stop = new AbortController();
  say(await endingOf(job, stop.signal));
}

async function endingOf(job: EngineJob, signal: AbortSignal): Promise<RenderEnding> {
  try {
    const news = {
      progress: (progress: number) => say({ kind: 'progress', progress }),
      log: (line: Extract<FromRenderProcess, { kind: 'log' }>['line']) => say({ kind: 'log', line }),
    };
    return { kind: 'completed', clip: await renderClip(job, depthSource, news, signal, renderThreads.begin) };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    if (error instanceof AnimaticError) return { kind: 'failed', error: toStoredError(error) };
    await confess(error);
    throw error;
  }
}

/** Says why this process ends; resolves when that is on its way. */
function confess(error: unknown): Promise<unknown> {
  const message = error instanceof Error ? error.message : String(error);
  const fault: FromRenderProcess = { kind: 'fault', message };
  return new Promise((resolve) => process.send!(fault, resolve));
}

function say(message: FromRenderProcess): void {
  process.send!(message, ignoreGoneServer);
}

/** Takes the failure to send to a server that has just left; `disconnect` ends the process. */
function ignoreGoneServer(): void {}
