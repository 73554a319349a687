/** Probes clips in a child process, one at a time: see `QuestionProcess`. */
import path from 'node:path';
import { AnimaticError, fromStoredError } from '#domain/errors.ts';
import type { Log } from '#ports/log.ts';
import { QuestionProcess } from '../process/question-process.ts';
import type { ClipFacts, ClipProber } from './clip-prober.ts';
import type { FromProbeProcess, ToProbeProcess } from './probe-messages.ts';

export interface ClipProberProcessOptions {
  readonly log: Log;
  /** A clip that takes longer is refused, and its process killed; 30 s when omitted. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/** Beside this file, and in its language: TypeScript from the sources, JavaScript from a build. */
const CHILD = new URL(`./clip-prober-child${path.extname(import.meta.filename)}`, import.meta.url);

export class ClipProberProcess implements ClipProber {
  readonly #process: QuestionProcess<ToProbeProcess, FromProbeProcess, ClipFacts>;

  constructor({ log, timeoutMs = DEFAULT_TIMEOUT_MS }: ClipProberProcessOptions) {
    this.#process = new QuestionProcess({
      entry: CHILD,
      name: 'clip probe',
      log,
      timeoutMs,
      read: factsOf,
      unreadable,
    });
  }

  probe(filePath: string): Promise<ClipFacts> {
    return this.#process.ask({ kind: 'probe', filePath });
  }

  /** Ends the process; questions that are open or come later reject. */
  close(): Promise<void> {
    return this.#process.close();
  }
}

function factsOf(message: FromProbeProcess): ClipFacts {
  if (message.kind === 'probed') return message.facts;
  throw fromStoredError(message.error);
}

const unreadable = (why: string): AnimaticError =>
  new AnimaticError('media_unreadable', `The clip cannot be decoded: ${why}.`);
