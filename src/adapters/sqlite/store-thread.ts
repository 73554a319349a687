import type { Worker } from 'node:worker_threads';
import type { Call } from '../sql/store.ts';
import { type FromThread, fromFailure, type ToThread } from './thread-messages.ts';

interface PendingCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * The program's end of the store's thread. Every call is answered: by the thread, or with a clear error once the thread was
 * closed or has died.
 */
export class StoreThread {
  /** Rejects when the thread cannot open its database. */
  readonly opened: Promise<void>;
  readonly #ended: Promise<void>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, PendingCall>();
  #lastId = 0;
  /** Why calls are no longer taken. */
  #refusal: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    const opened = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    this.opened = opened.promise;
    this.#ended = ended.promise;
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'opened') opened.resolve();
      else if (message.kind === 'refused') opened.reject(fromFailure(message.failure));
      else this.#deliver(message);
    });
    worker.on('error', (error) => this.#refuse(unexpectedEnd(error)));
    worker.on('exit', (exitCode) => {
      this.#refuse(unexpectedEnd(new Error(`it exited with code ${exitCode}`)));
      opened.reject(this.#refusal!);
      ended.resolve();
    });
  }

  readonly call: Call = (name, ...rest) =>
    new Promise((resolve, reject) => {
      if (this.#refusal !== undefined) {
        reject(this.#refusal);
        return;
      }
      this.#lastId += 1;
      const message: ToThread = { kind: 'call', id: this.#lastId, call: { name, rest } };
      this.#worker.postMessage(message);
      this.#pending.set(message.id, { resolve: resolve as (value: unknown) => void, reject });
    });

  /** Answers the calls made before it, closes the database and ends the thread. Idempotent. */
  async close(): Promise<void> {
    if (this.#refusal === undefined) {
      this.#refusal = new Error('The store is closed.');
      this.#worker.postMessage({ kind: 'close' } satisfies ToThread);
    }
    await this.#ended;
  }

  #deliver({ answers }: FromThread & { kind: 'answers' }): void {
    for (const answer of answers) {
      const call = this.#pending.get(answer.id)!;
      this.#pending.delete(answer.id);
      if ('failure' in answer) call.reject(fromFailure(answer.failure));
      else call.resolve(answer.value);
    }
  }

  #refuse(reason: Error): void {
    this.#refusal ??= reason;
    for (const call of this.#pending.values()) call.reject(reason);
    this.#pending.clear();
  }
}

const unexpectedEnd = (cause: Error): Error =>
  new Error(`The store's thread ended unexpectedly: ${cause.message}. Restart the program.`, { cause });
