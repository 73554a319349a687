/**
 * The render process's program: renders one job after another for the server that started it. A fault of the input is
 * reported; any other error ends the process, because nobody knows what state it left behind. When the server vanishes, the
 * process exits at once.
 */
import { AnimaticError, toStoredError } from '#domain/errors.ts';
import type { EngineJob } from '#ports/engine.ts';
import { renderClip } from './render-clip.ts';
import type { FromRenderProcess, RenderEnding, ToRenderProcess } from './render-messages.ts';
import { warmUp } from './warm-up.ts';

let stop = new AbortController();

// Ctrl-C reaches the whole process group; what to do about running jobs is the server's decision.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('message', (message: ToRenderProcess) => {
  if (message.kind === 'stop') stop.abort();
  else void render(message.job);
});

await warmUp();
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
    return { kind: 'completed', clip: await renderClip(job, news, signal) };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    if (error instanceof AnimaticError) return { kind: 'failed', error: toStoredError(error) };
    throw error;
  }
}

function say(message: FromRenderProcess): void {
  process.send!(message, ignoreGoneServer);
}

/** Takes the failure to send to a server that has just left; `disconnect` ends the process. */
function ignoreGoneServer(): void {}
