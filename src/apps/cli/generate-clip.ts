/** Runs one generation through a server as any client would: upload, submit, follow, download. */
import type { Endpoint } from '#catalogue/endpoint.ts';
import { AnimaticError } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import { followTask } from './follow-task.ts';
import type { OutputFile } from './output-file.ts';
import { patiently } from './patiently.ts';
import { createProgressDisplay } from './progress-display.ts';
import type { ServerClient } from './server-client.ts';
import { submitRequest } from './submit-request.ts';

export interface GenerateClip {
  readonly endpoint: Endpoint;
  /** By wire name; files as paths or URLs. */
  readonly input: JsonObject;
  readonly output: OutputFile;
  /** Cancels the task. */
  readonly stop: AbortSignal;
}

/** Printed as it is by `generate --json`. */
export interface GeneratedClip {
  readonly taskId: string;
  readonly outputPath: string;
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
  readonly byteLength: number;
  /** USD, exact decimal. */
  readonly charged: string;
  readonly seed: number;
  readonly elapsedMs: number;
}

/** @throws AnimaticError with the server's code when the task is refused or fails, `cancelled` when stopped. */
export async function generateClip(
  client: ServerClient,
  { endpoint, input, output, stop }: GenerateClip,
): Promise<GeneratedClip> {
  const startedMs = performance.now();
  if (stop.aborted) throw new AnimaticError('cancelled', 'Stopped before the request was sent.');
  const submitted = await submitRequest(client, endpoint, input);
  const display = createProgressDisplay();
  try {
    const task = await followTask(client, { task: submitted, display, stop });
    const clip = task.output as JsonObject;
    await download(client, String(clip.urlPath), output, stop);
    return {
      taskId: submitted.id,
      outputPath: output.path,
      width: Number(clip.width),
      height: Number(clip.height),
      durationSeconds: Number(clip.durationSeconds),
      byteLength: Number(clip.byteLength),
      charged: String(task.charged),
      seed: Number(task.seed),
      elapsedMs: Math.round(performance.now() - startedMs),
    };
  } finally {
    display.end();
  }
}

/** The clip is charged by now: whatever goes wrong, the message says where it is. */
async function download(
  client: ServerClient,
  urlPath: string,
  output: OutputFile,
  stop: AbortSignal,
): Promise<void> {
  try {
    const bytes = await patiently(() => client.download(urlPath), { onWaiting: () => {}, stop });
    await output.save(bytes);
  } catch (cause) {
    const code = cause instanceof AnimaticError ? cause.code : 'internal';
    throw new AnimaticError(
      code,
      `The clip was made, but could not be saved to ${output.path} (${(cause as Error).message}). The server keeps it under ${urlPath}.`,
      { cause },
    );
  }
}

export function describeClip(clip: GeneratedClip): string {
  const megabytes = (clip.byteLength / 1e6).toFixed(2);
  return [
    clip.outputPath,
    `  ${clip.durationSeconds} s, ${clip.width}x${clip.height}, ${megabytes} MB, seed ${clip.seed}`,
    `  charged $${clip.charged}; made in ${(clip.elapsedMs / 1000).toFixed(1)} s`,
    '',
  ].join('\n');
}
