/**
 * The clip process's program: probes one clip after another for the server that started it. A fault of the clip is answered; any
 * other error ends the process. When the server vanishes, the process exits at once.
 */
import { AnimaticError, toStoredError } from '#domain/errors.ts';
import { probeClip } from './probe-clip.ts';
import type { FromProbeProcess, ToProbeProcess } from './probe-messages.ts';

process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('message', (message: ToProbeProcess) => {
  process.send!(probe(message.filePath), ignoreGoneServer);
});
process.send!({ kind: 'ready' }, ignoreGoneServer);

function probe(filePath: string): FromProbeProcess {
  try {
    return { kind: 'probed', facts: probeClip(filePath) };
  } catch (error) {
    if (error instanceof AnimaticError) return { kind: 'refused', error: toStoredError(error) };
    throw error;
  }
}

/** Takes the failure to send to a server that has just left; `disconnect` ends the process. */
function ignoreGoneServer(): void {}
