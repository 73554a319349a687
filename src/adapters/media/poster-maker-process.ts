/**
 * Makes posters in a child process, one at a time (see `QuestionProcess`), and keeps the latest in memory: a file never changes, and a
 * page shows the same clips again and again. The process is started by the first question.
 */
import path from 'node:path';
import { AnimaticError, fromStoredError } from '#domain/errors.ts';
import type { Log } from '#ports/log.ts';
import type { PosterMaker } from '#ports/poster-maker.ts';
import { QuestionProcess } from '../process/question-process.ts';
import type { FromPosterProcess, ToPosterProcess } from './poster-messages.ts';

type Poster = Uint8Array<ArrayBuffer>;
type PosterProcess = QuestionProcess<ToPosterProcess, FromPosterProcess, Poster>;

export interface PosterMakerProcessOptions {
  readonly log: Log;
  /** A clip that takes longer is given up, and its process killed; 20 s when omitted. */
  readonly timeoutMs?: number;
  /** How many posters are kept; 400, about 10 MB, when omitted. */
  readonly mostKept?: number;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const DEFAULT_MOST_KEPT = 400;

/** Beside this file, and in its language: TypeScript from the sources, JavaScript from a build. */
const CHILD = new URL(`./poster-maker-child${path.extname(import.meta.filename)}`, import.meta.url);

export class PosterMakerProcess implements PosterMaker {
  readonly #start: () => PosterProcess;
  readonly #mostKept: number;
  #process: PosterProcess | undefined;
  /** By path, the one that was asked for longest ago first. */
  readonly #kept = new Map<string, Promise<Poster>>();

  constructor({
    log,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    mostKept = DEFAULT_MOST_KEPT,
  }: PosterMakerProcessOptions) {
    this.#mostKept = mostKept;
    this.#start = () =>
      new QuestionProcess({ entry: CHILD, name: 'poster', log, timeoutMs, read: posterOf, unreadable });
  }

  make(clipPath: string): Promise<Poster> {
    const poster = this.#kept.get(clipPath) ?? this.#ask(clipPath);
    this.#kept.delete(clipPath);
    this.#kept.set(clipPath, poster);
    if (this.#kept.size > this.#mostKept) this.#kept.delete(this.#kept.keys().next().value!);
    return poster;
  }

  /** Ends the process; questions that are open or come later reject. */
  async close(): Promise<void> {
    await this.#process?.close();
  }

  /** What could not be made may be asked for again. */
  #ask(clipPath: string): Promise<Poster> {
    this.#process ??= this.#start();
    const poster = this.#process.ask({ kind: 'poster', clipPath });
    poster.catch(() => this.#kept.delete(clipPath));
    return poster;
  }
}

function posterOf(message: FromPosterProcess): Poster {
  if (message.kind === 'made') return message.poster;
  throw fromStoredError(message.error);
}

const unreadable = (why: string): AnimaticError =>
  new AnimaticError('media_unreadable', `The clip cannot be decoded: ${why}.`);
