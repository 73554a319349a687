/**
 * Keeps one Node child process running behind a message channel. It is started ahead of need and again when it dies after
 * having come up, so that work finds it warm. One that is killed from outside while it comes up is started again a few times, and whoever
 * waits for it notices nothing; one that fails by itself is started anew only when somebody asks for it, so a broken installation does not
 * loop. The child says `{ kind: 'ready' }` once, when it can take work, and must exit on `disconnect`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Log } from '#ports/log.ts';

/** How a child ended: by an exit code or by a signal. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Signals that reach a process from outside; others (SIGSEGV, SIGABRT, ...) it brings upon itself. */
export const OUTSIDE_SIGNALS: readonly (NodeJS.Signals | null)[] = [
  'SIGKILL',
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'SIGQUIT',
];

/** How often in a row a child may be killed while it comes up before those who wait for it are told. */
const MOST_STARTS_IN_VAIN = 5;

export interface ChildProcessHostOptions<Received> {
  /** The child's program. */
  readonly entry: URL;
  /** What it is told on its command line; none when omitted. */
  readonly args?: readonly string[];
  /** Options of its Node; none when omitted. The parent's own (a debugger's port, a test runner's mode) are not meant for it. */
  readonly nodeOptions?: readonly string[];
  /** Of its environment, besides what every child gets; nothing when omitted. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What the child is for, for the operator's log. */
  readonly name: string;
  readonly log: Log;
  /** Every message but `ready`, from whichever child runs at the time. */
  onMessage(message: Received): void;
  /** The child that took messages so far is gone. */
  onEnd(end: ChildEnd): void;
}

/** The child works on files from strangers; keys and passwords in this process's environment are none of its business. */
const PASSED_ON_ENVIRONMENT: readonly string[] = [
  'PATH',
  'HOME',
  'LANG',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'LD_LIBRARY_PATH',
  'UV_THREADPOOL_SIZE',
];

/** A child that is busy in native code does not hear that its parent left. */
const CLOSE_GRACE_MS = 150;
/** One that is coming up has nobody's work to hold up, but files of its own to remove. */
const STARTING_CLOSE_GRACE_MS = 2000;

const isReady = (message: unknown): boolean => (message as { readonly kind?: unknown }).kind === 'ready';

export class ChildProcessHost<Sent extends object, Received extends object> {
  readonly #options: ChildProcessHostOptions<Received>;
  #child: ChildProcess | undefined;
  #warm: Promise<boolean> = Promise.resolve(false);
  #isReady = false;
  #startsInVain = 0;
  #closed = false;

  constructor(options: ChildProcessHostOptions<Received>) {
    this.#options = options;
    this.#start();
  }

  /** Starts the child unless it runs. Resolves when it is ready, or with false when it cannot come up or this is closed. */
  warm(): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    if (this.#child === undefined) this.#start();
    return this.#warm;
  }

  /** To a warm child. When it is gone the message is dropped: `onEnd` tells. */
  send(message: Sent): void {
    this.#child?.send(message, () => {});
  }

  /** Ends the child at once, whatever it is doing. `onEnd` follows. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  /** Ends the child for good; resolves when it is gone. It may tidy up first, but not for long. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (child === undefined) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.connected) child.disconnect();
    const graceMs = this.#isReady ? CLOSE_GRACE_MS : STARTING_CLOSE_GRACE_MS;
    const impatience = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await gone;
    clearTimeout(impatience);
  }

  #start(): void {
    const {
      entry,
      args = [],
      nodeOptions = [],
      environment = {},
      name,
      log,
      onMessage,
      onEnd,
    } = this.#options;
    const passedOn = PASSED_ON_ENVIRONMENT.flatMap((key) => {
      const value = process.env[key];
      return value === undefined ? [] : [[key, value]];
    });
    const child = fork(entry, args, {
      execPath: process.execPath,
      execArgv: [...nodeOptions],
      env: { ...Object.fromEntries(passedOn), ...environment },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#isReady = false;
    this.#child = child;
    this.#warm = promise;
    createInterface({ input: child.stderr! }).on('line', (text) =>
      log.warn({ process: name, pid: child.pid, text }, 'A child process reports.'),
    );
    child.on('error', (error) =>
      log.error({ process: name, error }, 'A child process cannot be started or reached.'),
    );
    child.on('message', (message) => {
      if (isReady(message)) {
        this.#isReady = true;
        this.#startsInVain = 0;
        resolve(true);
      } else onMessage(message as Received);
    });
    child.once('exit', (code, signal) => {
      this.#child = undefined;
      onEnd({ code, signal });
      if (this.#startsAgainAfter(signal)) {
        this.#start();
        resolve(this.#warm);
      } else resolve(false);
    });
  }

  #startsAgainAfter(signal: NodeJS.Signals | null): boolean {
    if (this.#closed) return false;
    if (this.#isReady) return true;
    this.#startsInVain += 1;
    return OUTSIDE_SIGNALS.includes(signal) && this.#startsInVain < MOST_STARTS_IN_VAIN;
  }
}
