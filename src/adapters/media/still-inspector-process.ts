/**
 * Inspects pictures in a child process, one at a time, so that a picture that kills or hangs its decoder is refused alone and
 * the next one finds a fresh process. A picture whose process dies is tried once more before it is refused.
 */
import path from 'node:path';
import { AnimaticError, fromStoredError } from '#domain/errors.ts';
import type { StillInfo } from '#domain/media/still-info.ts';
import type { Log } from '#ports/log.ts';
import type { StillInspector } from '#ports/still-inspector.ts';
import { ChildProcessHost } from '../process/child-process-host.ts';
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
  readonly #host: ChildProcessHost<ToInspectionProcess, FromInspectionProcess>;
  readonly #timeoutMs: number;
  /** The open question's answer, which is undefined when its process died; undefined between questions. */
  #open: PromiseWithResolvers<StillInfo | undefined> | undefined;
  /** Set when the open question's process is killed for taking too long. */
  #isTooSlow = false;
  /** Settles when the last question asked so far has been answered. */
  #line: Promise<unknown> = Promise.resolve();

  constructor({ log, timeoutMs = DEFAULT_TIMEOUT_MS, entry = CHILD }: StillInspectorProcessOptions) {
    this.#timeoutMs = timeoutMs;
    this.#host = new ChildProcessHost({
      entry,
      name: 'picture inspection',
      log,
      onMessage: (answer) => this.#answer(answer),
      onEnd: () => this.#processEnded(),
    });
  }

  inspect(filePath: string): Promise<StillInfo> {
    const answer = this.#line.then(() => this.#askTwice(filePath));
    this.#line = answer.catch(() => undefined);
    return answer;
  }

  /** Ends the process; questions that are open or come later reject. */
  close(): Promise<void> {
    return this.#host.close();
  }

  /** A process that was killed from outside says nothing about the picture: only a second death does. */
  async #askTwice(filePath: string): Promise<StillInfo> {
    const info = (await this.#ask(filePath)) ?? (await this.#ask(filePath));
    if (info === undefined) throw unreadable('its decoder died on it');
    return info;
  }

  async #ask(filePath: string): Promise<StillInfo | undefined> {
    if (!(await this.#host.warm())) throw new Error('The picture inspection process does not run.');
    const open = Promise.withResolvers<StillInfo | undefined>();
    this.#open = open;
    this.#isTooSlow = false;
    // The question stays open until the process is really gone, so that the next one is not asked of a dying process.
    const timer = setTimeout(() => {
      this.#isTooSlow = true;
      this.#host.kill();
    }, this.#timeoutMs);
    this.#host.send({ kind: 'inspect', filePath });
    try {
      return await open.promise;
    } finally {
      clearTimeout(timer);
      this.#open = undefined;
    }
  }

  #processEnded(): void {
    if (this.#isTooSlow)
      this.#open?.reject(unreadable(`its decoder took more than ${this.#timeoutMs / 1000} s`));
    else this.#open?.resolve(undefined);
  }

  #answer(answer: FromInspectionProcess): void {
    if (answer.kind === 'inspected') this.#open?.resolve(answer.info);
    else this.#open?.reject(fromStoredError(answer.error));
  }
}

const unreadable = (why: string): AnimaticError =>
  new AnimaticError('media_unreadable', `The picture cannot be decoded: ${why}. Save it anew and send that.`);
