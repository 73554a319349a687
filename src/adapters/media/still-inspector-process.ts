/** Inspects pictures in a child process, one at a time: see `QuestionProcess`. */
import path from 'node:path';
import { AnimaticError, fromStoredError } from '#domain/errors.ts';
import type { StillInfo } from '#domain/media/still-info.ts';
import type { Log } from '#ports/log.ts';
import type { StillInspector } from '#ports/still-inspector.ts';
import { QuestionProcess } from '../process/question-process.ts';
import type { FromInspectionProcess, ToInspectionProcess } from './inspect-messages.ts';

export interface StillInspectorProcessOptions {
  readonly log: Log;
  /** A picture that takes longer is refused, and its process killed; 20 s when omitted. */
  readonly timeoutMs?: number;
  /** The child's program; this adapter's own when omitted. */
  readonly entry?: URL;
}

const DEFAULT_TIMEOUT_MS = 20_000;

/** Beside this file, and in its language: TypeScript from the sources, JavaScript from a build. */
const CHILD = new URL(`./still-inspector-child${path.extname(import.meta.filename)}`, import.meta.url);

export class StillInspectorProcess implements StillInspector {
  readonly #process: QuestionProcess<ToInspectionProcess, FromInspectionProcess, StillInfo>;

  constructor({ log, timeoutMs = DEFAULT_TIMEOUT_MS, entry = CHILD }: StillInspectorProcessOptions) {
    this.#process = new QuestionProcess({
      entry,
      name: 'picture inspection',
      log,
      timeoutMs,
      read: infoOf,
      unreadable,
    });
  }

  inspect(filePath: string): Promise<StillInfo> {
    return this.#process.ask({ kind: 'inspect', filePath });
  }

  /** Ends the process; questions that are open or come later reject. */
  close(): Promise<void> {
    return this.#process.close();
  }
}

function infoOf(message: FromInspectionProcess): StillInfo {
  if (message.kind === 'inspected') return message.info;
  throw fromStoredError(message.error);
}

const unreadable = (why: string): AnimaticError =>
  new AnimaticError('media_unreadable', `The picture cannot be decoded: ${why}. Save it anew and send that.`);
