/**
 * Asks a child process one question at a time about files from strangers, so that a file that kills or hangs its decoder is refused
 * alone and the next one finds a fresh process. A file whose process dies is tried once more before it is refused.
 */
import type { AnimaticError } from '#domain/errors.ts';
import type { Log } from '#ports/log.ts';
import { ChildProcessHost } from './child-process-host.ts';

export interface QuestionProcessOptions<Received, Answer> {
  /** The child's program. */
  readonly entry: URL;
  /** What the child is for, for the operator's log. */
  readonly name: string;
  readonly log: Log;
  /** A question that takes longer is given up, and its process killed. */
  readonly timeoutMs: number;
  /** What the child's message says. @throws AnimaticError when it refuses the file. */
  read(message: Received): Answer;
  /** The refusal of a file that cannot be decoded; `why` completes "it cannot be decoded: ...". */
  unreadable(why: string): AnimaticError;
}

export class QuestionProcess<Question extends object, Received extends object, Answer> {
  readonly #options: QuestionProcessOptions<Received, Answer>;
  readonly #host: ChildProcessHost<Question, Received>;
  /** The open question's answer, which is undefined when its process died; undefined between questions. */
  #open: PromiseWithResolvers<Answer | undefined> | undefined;
  /** Set when the open question's process is killed for taking too long. */
  #isTooSlow = false;
  /** Settles when the last question asked so far has been answered. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(options: QuestionProcessOptions<Received, Answer>) {
    this.#options = options;
    this.#host = new ChildProcessHost({
      entry: options.entry,
      name: options.name,
      log: options.log,
      onMessage: (message) => this.#answer(message),
      onEnd: () => this.#processEnded(),
    });
  }

  /** Calls may overlap. @throws AnimaticError of `read` and `unreadable`; Error when the process does not run. */
  ask(question: Question): Promise<Answer> {
    const answer = this.#line.then(() => this.#askTwice(question));
    this.#line = answer.catch(() => undefined);
    return answer;
  }

  /** Ends the process; questions that are open or come later reject. */
  close(): Promise<void> {
    return this.#host.close();
  }

  /** A process that was killed from outside says nothing about the file: only a second death does. */
  async #askTwice(question: Question): Promise<Answer> {
    const answer = (await this.#askOnce(question)) ?? (await this.#askOnce(question));
    if (answer === undefined) throw this.#options.unreadable('its decoder died on it');
    return answer;
  }

  async #askOnce(question: Question): Promise<Answer | undefined> {
    if (!(await this.#host.warm())) throw new Error(`The ${this.#options.name} process does not run.`);
    const open = Promise.withResolvers<Answer | undefined>();
    this.#open = open;
    this.#isTooSlow = false;
    // The question stays open until the process is really gone, so that the next one is not asked of a dying process.
    const timer = setTimeout(() => {
      this.#isTooSlow = true;
      this.#host.kill();
    }, this.#options.timeoutMs);
    this.#host.send(question);
    try {
      return await open.promise;
    } finally {
      clearTimeout(timer);
      this.#open = undefined;
    }
  }

  #processEnded(): void {
    const { timeoutMs, unreadable } = this.#options;
    if (this.#isTooSlow) this.#open?.reject(unreadable(`its decoder took more than ${timeoutMs / 1000} s`));
    else this.#open?.resolve(undefined);
  }

  #answer(message: Received): void {
    try {
      this.#open?.resolve(this.#options.read(message));
    } catch (error) {
      this.#open?.reject(error);
    }
  }
}
