/**
 * The poster process's program: takes a still out of one clip after another for the server that started it. A fault of the clip is
 * answered; any other error ends the process. When the server vanishes, the process exits at once.
 */
import { AnimaticError, toStoredError } from '#domain/errors.ts';
import { makePoster } from './make-poster.ts';
import type { FromPosterProcess, ToPosterProcess } from './poster-messages.ts';

process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('message', (message: ToPosterProcess) => void answer(message.clipPath));
process.send!({ kind: 'ready' }, ignoreGoneServer);

async function answer(clipPath: string): Promise<void> {
  process.send!(await make(clipPath), ignoreGoneServer);
}

async function make(clipPath: string): Promise<FromPosterProcess> {
  try {
    return { kind: 'made', poster: await makePoster(clipPath) };
  } catch (error) {
    if (error instanceof AnimaticError) return { kind: 'refused', error: toStoredError(error) };
    throw error;
  }
}

/** Takes the failure to send to a server that has just left; `disconnect` ends the process. */
function ignoreGoneServer(): void {}
