/**
 * One bought job, asked about at its service's pace for as long as somebody wants to know. The clip is fetched in the same breath in
 * which the service says that it is ready. A service that does not answer, or answers in words that this program does not know, has not
 * failed: the job goes on, for a long but limited time.
 */
import { AnimaticError, type StoredError } from '#domain/errors.ts';
import { addMs, type Instant, instant } from '#domain/instant.ts';
import type { Clock } from '#ports/clock.ts';
import type { EngineClip, EngineLogLine, EngineStatus } from '#ports/engine.ts';
import type { Log } from '#ports/log.ts';
import { JobRecord } from '../job-record.ts';
import { type ClipCollector, type CollectedClip, collectClip, UnusableClip } from './collect-clip.ts';
import { clipDifferences, soldSeconds } from './compare-clip.ts';
import { type Credential, type Credentials, withoutKeys } from './credentials.ts';
import { estimateProgress } from './estimate-progress.ts';
import { quote } from './json-reading.ts';
import { type ComplaintKind, Complaints, type Patience } from './patience.ts';
import { type PollPace, pauseMs } from './poll-pace.ts';
import type { UpstreamHandle } from './upstream-handle.ts';
import type { UpstreamJob, UpstreamReading, UpstreamService } from './upstream-service.ts';
import { UpstreamTrouble } from './upstream-trouble.ts';
import { isThere, moveFile, WaitingClip } from './waiting-clip.ts';

export interface FollowOptions {
  /** What messages call the engine. */
  readonly engine: string;
  readonly service: UpstreamService;
  readonly collector: ClipCollector;
  readonly credentials: Credentials;
  readonly pace: PollPace;
  readonly patience: Patience;
  readonly clock: Clock;
  /** 0 to 1, another each time. */
  readonly random: () => number;
  readonly log: Log;
  /** Aborts when the engine is closed. */
  readonly closing: AbortSignal;
}

/** A host of results that fails as often as this in a row is given up. */
const MOST_COLLECT_TRIES = 6;
const MOST_LOG_LINES = 300;

type Succeeded = Extract<UpstreamReading, { state: 'succeeded' }>;

export class FollowedJob {
  readonly #options: FollowOptions;
  readonly #handle: UpstreamHandle;
  readonly #record = new JobRecord();
  #nextPollAt: Instant;
  #polling: Promise<void> | undefined;
  #polls = 0;
  #failures = 0;
  #collectTries = 0;
  #isCollecting = false;
  #isCancelled = false;
  #wasQueued = false;
  #runningSince: Instant | undefined;
  readonly #complaints: Complaints;
  #linesTaken = 0;
  #ahead: number | undefined;
  readonly #clip = new WaitingClip();

  constructor(handle: UpstreamHandle, options: FollowOptions) {
    this.#handle = handle;
    this.#options = options;
    this.#complaints = new Complaints(options.patience);
    this.#nextPollAt = addMs(handle.startedAt, this.#pause());
  }

  get hasEnded(): boolean {
    return this.#record.ending !== undefined;
  }

  /** As `Engine.status`. */
  async status(question: { readonly after?: number; readonly waitMs: number }): Promise<EngineStatus> {
    const { clock, closing } = this.#options;
    const deadline = addMs(clock.now(), question.waitMs);
    for (;;) {
      this.#estimate();
      if (!this.hasEnded && clock.now() >= this.#nextPollAt) void this.#poll();
      // An answer that is under way wakes this up.
      const until = this.#polling === undefined ? Math.min(deadline, this.#nextPollAt) : deadline;
      const waitMs = closing.aborted ? 0 : Math.max(0, until - clock.now());
      const status = await this.#record.status({ ...question, waitMs });
      const isNews = status.state !== 'running' || status.revision !== question.after;
      if (isNews || closing.aborted || clock.now() >= deadline) return status;
    }
  }

  /** As `Engine.cancel`; a service that cannot be asked to stop is told of in the log, and the status goes on telling the truth. */
  async cancel(): Promise<void> {
    if (this.hasEnded) return;
    this.#isCancelled = true;
    const { service, closing, log, engine } = this.#options;
    try {
      await service.cancel(this.#job(), closing);
    } catch (error) {
      if (closing.aborted) return;
      log.warn(
        { engine, upstreamId: this.#handle.id, reason: this.#reasonOf(error) },
        'A job could not be cancelled at its service; it may go on and be billed.',
      );
    }
    // A clip on its way here comes to its end by itself.
    if (this.#isCollecting) return;
    await this.#polling;
    await this.#poll();
  }

  /** As `Engine.fetch`. */
  async fetch(outputPath: string): Promise<void> {
    if (!this.hasEnded) await this.#poll();
    const { ending } = this.#record;
    if (ending?.state !== 'completed') throw new Error('Only a completed job has a clip to fetch.');
    const { byteLength } = ending.clip;
    if (await isThere(outputPath, byteLength)) return;
    await moveFile(this.#clip.take() ?? (await this.#collectAgain()), outputPath);
  }

  /** Forgets the clip that nobody has taken. */
  async discard(): Promise<void> {
    await this.#polling;
    await this.#clip.discard();
  }

  /** Answers whoever waits: the engine is being closed. */
  wake(): void {
    this.#record.wake();
  }

  /** @throws UpstreamTrouble when the key that started the job is gone. */
  #job(): UpstreamJob {
    const { credential: name, id, startedAt, sold, notes } = this.#handle;
    const credential = this.#options.credentials.find((one: Credential) => one.name === name);
    if (credential === undefined)
      throw new UpstreamTrouble(`the key "${name}" that started the job is no longer set up`);
    return { id, credential, startedAt, sold, notes };
  }

  /** Asks once; whoever comes while an answer is awaited shares it. */
  #poll(): Promise<void> {
    this.#polling ??= this.#askAndTake().finally(() => {
      this.#polling = undefined;
      this.#record.wake();
    });
    return this.#polling;
  }

  async #askAndTake(): Promise<void> {
    const { service, closing, clock } = this.#options;
    let retryAfterMs = 0;
    try {
      await this.#take(await service.read(this.#job(), closing));
      this.#failures = 0;
    } catch (error) {
      if (closing.aborted) return;
      this.#failures += 1;
      if (error instanceof UpstreamTrouble) retryAfterMs = error.retryAfterMs ?? 0;
      this.#complain('unreachable', this.#reasonOf(error));
    } finally {
      this.#polls += 1;
      this.#nextPollAt = addMs(clock.now(), Math.max(retryAfterMs, this.#pause()));
    }
  }

  async #take(reading: UpstreamReading): Promise<void> {
    this.#takeLog(reading.log ?? []);
    if (reading.state === 'strange') {
      this.#takeRunning();
      return this.#complain('strange', `it says "${quote(reading.word)}"`);
    }
    if (reading.state === 'missing') return this.#complain('missing', 'it knows no such job');
    if (reading.state === 'succeeded') return this.#collect(reading);
    this.#complaints.clear();
    if (reading.state === 'queued') this.#takeQueued(reading.ahead);
    else if (reading.state === 'running') this.#takeRunning();
    else if (reading.state === 'failed') this.#record.end(reading);
    else this.#takeCancelled(reading.wasPaid);
  }

  #takeQueued(ahead: number | undefined): void {
    const isNews = !this.#wasQueued || ahead !== this.#ahead;
    this.#wasQueued = true;
    this.#ahead = ahead;
    if (!isNews) return;
    const place = ahead === undefined ? '' : `, ${ahead} ${ahead === 1 ? 'job' : 'jobs'} ahead`;
    this.#say('info', `Waiting in the engine's queue${place}.`);
  }

  #takeRunning(): void {
    if (this.#runningSince !== undefined) return;
    // Of a job taken over from before, nobody knows how long it queued; its progress must not fall behind what was told then.
    this.#runningSince = this.#wasQueued ? this.#options.clock.now() : this.#handle.startedAt;
    this.#say('info', 'The engine is making the clip.');
    this.#estimate();
  }

  /** What stopped before anything was paid may be started again; so may, for all the engine cares, what was stopped on purpose. */
  #takeCancelled(wasPaid: boolean): void {
    if (this.#isCancelled || !wasPaid) {
      this.#record.end({ state: 'lost', message: 'the job was stopped at the engine' });
      return;
    }
    this.#fail('was told by somebody else to stop the job, and may have billed it');
  }

  #takeLog(lines: readonly EngineLogLine[]): void {
    const fresh = lines.slice(this.#linesTaken, MOST_LOG_LINES);
    this.#linesTaken += fresh.length;
    for (const { level, message } of fresh) this.#say(level, quote(message));
  }

  async #collect(reading: Succeeded): Promise<void> {
    const { collector, closing } = this.#options;
    for (const difference of reading.differences ?? []) this.#warnOfDifference(difference);
    this.#isCollecting = true;
    try {
      const collected = await collectClip(collector, reading.clipUrl, closing);
      this.#takeClip(reading, collected);
    } catch (error) {
      if (closing.aborted) throw error;
      this.#collectTries += 1;
      const reason = this.#reasonOf(error);
      if (error instanceof UnusableClip) this.#fail(`made a clip, but ${reason}`);
      else if (this.#collectTries >= MOST_COLLECT_TRIES)
        this.#fail(`made a clip, but it cannot be fetched from there (${reason})`);
      else throw error;
    } finally {
      this.#isCollecting = false;
    }
  }

  #takeClip(reading: Succeeded, { filePath, byteLength, facts }: CollectedClip): void {
    const { sold } = this.#handle;
    for (const difference of clipDifferences(facts, sold)) this.#warnOfDifference(difference);
    const cost = reading.cost ?? this.#options.service.costOf(this.#job(), facts);
    const clip: EngineClip = {
      size: facts.size,
      durationSeconds: soldSeconds(facts, sold),
      byteLength,
      ...(cost === undefined ? {} : { cost }),
    };
    this.#clip.put(filePath);
    this.#say(
      'info',
      `The engine made ${facts.frameCount} frames of ${facts.size.width}x${facts.size.height} ${facts.hasSound ? 'with' : 'without'} sound.`,
    );
    this.#record.end({ state: 'completed', clip });
  }

  #warnOfDifference(difference: string): void {
    const { log, engine } = this.#options;
    log.warn({ engine, upstreamId: this.#handle.id, difference }, 'A clip is not what was asked for.');
    this.#say('warn', `The clip is not what was asked for: ${difference}.`);
  }

  async #collectAgain(): Promise<string> {
    const { service, collector, closing, engine } = this.#options;
    const reading = await service.read(this.#job(), closing);
    if (reading.state !== 'succeeded')
      throw new AnimaticError('engine_failed', `The engine "${engine}" no longer has the clip.`);
    return (await collectClip(collector, reading.clipUrl, closing)).filePath;
  }

  #complain(kind: ComplaintKind, reason: string): void {
    const { clock, log, engine } = this.#options;
    const { id: upstreamId, credential } = this.#handle;
    const { isNew, hasNewReason, isTooOften } = this.#complaints.add(kind, reason, clock.now());
    if (hasNewReason)
      log.warn(
        { engine, upstreamId, reason },
        'A job cannot be followed for the moment; it is asked about again.',
      );
    if (isNew)
      this.#say('warn', 'The engine gives no usable answer for the moment; the job is asked about again.');
    if (!isTooOften) return;
    log.error(
      { engine, upstreamId, credential, reason },
      'A job was given up; whether it was made and billed can be seen at its service.',
    );
    this.#fail(`has given no usable answer about the job for too long (${reason})`);
  }

  #fail(what: string): void {
    const error: StoredError = {
      code: 'engine_failed',
      message: `The engine "${this.#options.engine}" ${what.replace(/\.$/, '')}.`,
    };
    this.#record.end({ state: 'failed', error });
  }

  #say(level: EngineLogLine['level'], message: string): void {
    this.#record.addLine({ level, message: withoutKeys(message, this.#options.credentials) });
  }

  #estimate(): void {
    if (this.#runningSince === undefined) return;
    const elapsedMs = instant(this.#options.clock.now()) - this.#runningSince;
    this.#record.report(estimateProgress(elapsedMs, this.#options.service.typicalDurationMs));
  }

  #pause(): number {
    const { pace, random } = this.#options;
    return pauseMs(pace, { asked: this.#polls, failures: this.#failures, random: random() });
  }

  #reasonOf(error: unknown): string {
    const { log, engine, credentials } = this.#options;
    const isExpected =
      error instanceof UpstreamTrouble || error instanceof UnusableClip || error instanceof AnimaticError;
    if (!isExpected) log.error({ engine, error }, 'Following a job failed unexpectedly.');
    return isExpected
      ? withoutKeys(quote(error.message), credentials)
      : 'something failed inside this server';
  }
}
