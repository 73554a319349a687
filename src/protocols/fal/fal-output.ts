import type { Task } from '#domain/task/task.ts';

/** What a completed request answers. */
export interface FalOutput {
  readonly video: {
    readonly url: string;
    readonly content_type: string;
    readonly file_name: string;
    /** Bytes. */
    readonly file_size: number;
  };
  /** The seed in use, also when none was given. */
  readonly seed: number;
}

/**
 * @param task A completed one.
 * @param origin Where clients see this server, without a slash at the end.
 */
export function toFalOutput({ id, output, request }: Task, origin: string): FalOutput {
  if (output === undefined) throw new Error(`Task ${id} has no output.`);
  return {
    video: {
      url: `${origin}/files/${output.assetId}/${output.fileName}`,
      content_type: output.contentType,
      file_name: output.fileName,
      file_size: output.byteLength,
    },
    seed: request.seed,
  };
}
