/**
 * What makes clips: this program itself, a server of the operator's, or a service that is paid by the clip. `start` returns a handle
 * (plain JSON, stored before anything else happens), so that a restarted worker can ask for the job again; a start that was
 * never answered is looked up (`recover`), never repeated blindly. Capabilities are declared, never guessed from a name.
 */
import type { StoredError } from '#domain/errors.ts';
import type { TaskId } from '#domain/ids.ts';
import type { JsonValue } from '#domain/json.ts';
import type { AspectRatio } from '#domain/media/aspect-ratio.ts';
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import type { FrameSize, Resolution } from '#domain/media/frame-size.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { Emulation } from '#domain/task/emulation.ts';
import type { EngineStart } from '#domain/task/engine-start.ts';
import type { LogLevel } from '#domain/task/task.ts';

export interface EngineCapabilities {
  /** Most pictures that steer one clip. */
  readonly maxImages: number;
  /** Cannot make a clip from words alone. */
  readonly needsImage: boolean;
  readonly lastImage: boolean;
  readonly referenceVideos: boolean;
  readonly referenceAudios: boolean;
  /** Keeps a picture's own ratio; otherwise the nearest sold ratio is asked for. */
  readonly ownAspectRatio: boolean;
  /** Those that it makes; others are refused before anything is charged. */
  readonly resolutions: readonly Resolution[];
  /** Whole seconds; `auto`: it can choose the length itself. */
  readonly durationSeconds: { readonly shortest: number; readonly longest: number; readonly auto: boolean };
  /** Makes a sound track. One that always does is asked for none and gives it back without. */
  readonly audio: boolean;
  /** The same seed gives the same bytes, something alike, or is not heeded. */
  readonly seed: 'exact' | 'similar' | 'ignored';
  /** Until when a job can be stopped without having been paid for. */
  readonly cancel: 'always' | 'beforeStart' | 'never';
  /** Searches the web by itself when asked to. */
  readonly webSearch: boolean;
  /**
   * A job goes on when the worker that started it is gone, needs nothing of that worker's, and can be taken over by its handle from
   * anywhere. A worker that has to let go of a task leaves such a job to the next one; others are cancelled.
   */
  readonly resumable: boolean;
}

/** A job in full: everything the engine needs, files on this machine's disk. */
export interface EngineJob {
  readonly taskId: TaskId;
  readonly attempt: number;
  /** What the job can be known by before it has a handle: of this attempt at this task alone. */
  readonly correlationId: string;
  readonly prompt: string;
  /** Checked stills: start frame or references, in order. */
  readonly imagePaths: readonly string[];
  readonly lastImagePath: string | undefined;
  readonly resolution: Resolution;
  readonly aspectRatio: AspectRatio | undefined;
  /** The pixels that were sold. */
  readonly size: FrameSize;
  readonly durationSeconds: number | 'auto';
  readonly longestDurationSeconds: number;
  readonly generateAudio: boolean;
  readonly cameraFixed: boolean;
  /** The web is to be searched for what the prompt speaks of. */
  readonly webSearch: boolean;
  readonly seed: number;
  /** From the catalogue: the tier's quality and the model's manner. */
  readonly quality: ClipQuality;
  readonly style: 'natural' | 'spicy';
  /** What the task asked of the emulator; engines that are none pay no heed to it. */
  readonly emulation?: Emulation;
  /** Where the finished clip goes. */
  readonly outputPath: string;
}

export interface EngineLogLine {
  readonly level: LogLevel;
  readonly message: string;
}

export type EngineStatus =
  | {
      readonly state: 'running';
      readonly revision: number;
      readonly progress: number;
      readonly log: readonly EngineLogLine[];
    }
  | { readonly state: 'completed'; readonly log: readonly EngineLogLine[]; readonly clip: EngineClip }
  | { readonly state: 'failed'; readonly log: readonly EngineLogLine[]; readonly error: StoredError }
  /** The engine's process died by itself on this job: counts against the task. */
  | { readonly state: 'crashed'; readonly message: string }
  /** The job is unknown or was stopped from outside, and costs nothing to start again. */
  | { readonly state: 'lost'; readonly message: string };

export interface EngineClip {
  readonly size: FrameSize;
  readonly durationSeconds: number;
  readonly byteLength: number;
  /** What the operator paid for it; absent where nobody says. */
  readonly cost?: MicroDollars;
}

/** A start that was sent and never answered. */
export type UnansweredStart = EngineStart;

export type RecoveredStart =
  /** The job runs, or has ended. */
  | { readonly state: 'found'; readonly handle: JsonValue }
  /** Nothing was started: it may be started again. */
  | { readonly state: 'absent' }
  /** Nobody can say: it must not be started again, by this engine or another. */
  | { readonly state: 'unknown' };

export interface EngineHealth {
  readonly state: 'ready' | 'degraded' | 'unavailable';
  /** For the operator: what is wrong and what to do, or a few facts when nothing is. */
  readonly message: string;
  /** Jobs that wait before a new one, where the engine tells. */
  readonly queued?: number;
}

/** What an engine makes of a prompt, before it has seen a picture. */
export interface PromptReading {
  /** In the order of the prompt, as far as they have one. */
  readonly understood: readonly {
    readonly kind: 'camera' | 'cut' | 'air' | 'motion' | 'look' | 'sound' | 'ending';
    /** Short, in the engine's own words: `push in`. */
    readonly label: string;
    /** The words of the prompt, in lower case. */
    readonly text: string;
  }[];
  /** Wishes that will not be done, and why. */
  readonly notDrawn: readonly { readonly text: string; readonly reason: string }[];
  /** Parts that say what is in the picture, and ask for nothing. */
  readonly description: readonly string[];
}

export interface Engine {
  readonly name: string;
  readonly capabilities: EngineCapabilities;
  /** Answers at once. Absent where nobody can say before the clip is made. */
  readonly readPrompt?: ((prompt: string) => PromptReading) | undefined;
  /** What the job will cost the operator; undefined where nobody can say beforehand. */
  quote(job: EngineJob): Promise<MicroDollars | undefined>;
  /**
   * @throws AnimaticError `engine_busy` and `engine_unavailable` when nothing was started and another engine may do; `engine_start_unknown`
   *   when it was sent and not answered, so that it may have been; any other code is a verdict on the request itself.
   */
  start(job: EngineJob): Promise<JsonValue>;
  /** What has become of a start whose answer was lost, with this program or on the way. */
  recover(start: UnansweredStart): Promise<RecoveredStart>;
  /** Of a job that a person has found at the service, by the id that is shown there. Absent where jobs have none that people see. */
  readonly handleOf?: ((id: string, start: UnansweredStart) => JsonValue) | undefined;
  /**
   * The job's state; when it still stands at revision `after`, waits up to `waitMs` for a change first. `log` holds the
   * lines since revision `after` (all for `after` undefined).
   */
  status(
    handle: JsonValue,
    options: { readonly after?: number; readonly waitMs: number },
  ): Promise<EngineStatus>;
  /** Stops the job and frees what it uses; resolves when it has. Idempotent, also for unknown handles. */
  cancel(handle: JsonValue): Promise<void>;
  /** Writes the finished clip to the job's `outputPath` if it is not there already. */
  fetch(handle: JsonValue, outputPath: string): Promise<void>;
  /** Costs nothing and answers within seconds; never rejects. */
  health(): Promise<EngineHealth>;
  close(): Promise<void>;
}
