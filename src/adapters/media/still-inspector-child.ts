/**
 * The inspection process's program: decodes one picture after another for the server that started it. A fault of the picture is
 * answered; any other error ends the process. When the server vanishes, the process exits at once.
 */
import { inspectStill } from '#animator/encode/inspect-still.ts';
import { AnimaticError, toStoredError } from '#domain/errors.ts';
import type { FromInspectionProcess, ToInspectionProcess } from './inspect-messages.ts';

process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('message', (message: ToInspectionProcess) => void answer(message.filePath));
process.send!({ kind: 'ready' }, ignoreGoneServer);

async function answer(filePath: string): Promise<void> {
  process.send!(await inspect(filePath), ignoreGoneServer);
}

async function inspect(filePath: string): Promise<FromInspectionProcess> {
  try {
    return { kind: 'inspected', info: await inspectStill(filePath) };
  } catch (error) {
    if (error instanceof AnimaticError) return { kind: 'refused', error: toStoredError(error) };
    throw error;
  }
}

/** Takes the failure to send to a server that has just left; `disconnect` ends the process. */
function ignoreGoneServer(): void {}
