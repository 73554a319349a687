/**
 * What makes clips. `start` returns a handle (plain JSON, stored before anything else happens), so that a restarted worker
 * can ask for the job again; capabilities are declared, never guessed from a name.
 */
import type { StoredError } from '#domain/errors.ts';
import type { TaskId } from '#domain/ids.ts';
import type { JsonValue } from '#domain/json.ts';
import type { AspectRatio } from '#domain/media/aspect-ratio.ts';
import type { ClipQuality } from '#domain/media/clip-quality.ts';
import type { FrameSize, Resolution } from '#domain/media/frame-size.ts';
import type { Emulation } from '#domain/task/emulation.ts';
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
}

/** A job in full: everything the engine needs, files on this machine's disk. */
export interface EngineJob {
  readonly taskId: TaskId;
  readonly attempt: number;
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
}

export interface Engine {
  readonly name: string;
  readonly capabilities: EngineCapabilities;
  /** @throws AnimaticError when the job cannot be accepted. */
  start(job: EngineJob): Promise<JsonValue>;
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
  close(): Promise<void>;
}
