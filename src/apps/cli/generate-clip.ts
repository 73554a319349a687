/** Runs one generation through a server as any client would: upload, submit, follow, download. */
import { openAsBlob } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import cliProgress from 'cli-progress';
import type { Endpoint } from '#catalogue/endpoint.ts';
import type { FieldRole } from '#catalogue/field.ts';
import { AnimaticError, type ErrorCode } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { ServerClient } from './server-client.ts';

export interface GenerateClip {
  readonly endpoint: Endpoint;
  /** By wire name; files as paths or URLs. */
  readonly input: JsonObject;
  readonly outputPath: string;
}

export interface GeneratedClip {
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

/** @throws AnimaticError with the server's code when the task is refused or fails. */
export async function generateClip(
  client: ServerClient,
  { endpoint, input, outputPath }: GenerateClip,
): Promise<GeneratedClip> {
  const startedMs = performance.now();
  const taskId = await submit(client, endpoint, await uploadFiles(client, endpoint, input));
  const task = await follow(client, taskId);
  const output = task.output as JsonObject;
  const response = await fetch(client.url + String(output.urlPath));
  if (!response.ok)
    throw new AnimaticError('not_found', `The clip could not be downloaded (HTTP ${response.status}).`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  await writeFile(outputPath, bytes);
  return {
    outputPath,
    width: Number(output.width),
    height: Number(output.height),
    durationSeconds: Number(output.durationSeconds),
    byteLength: bytes.byteLength,
    charged: String(task.charged),
    seed: Number(task.seed),
    elapsedMs: performance.now() - startedMs,
  };
}

export function describeClip(clip: GeneratedClip): string {
  const megabytes = (clip.byteLength / 1e6).toFixed(2);
  return [
    clip.outputPath,
    `  ${clip.durationSeconds} s, ${clip.width}x${clip.height}, ${megabytes} MB, seed ${clip.seed}`,
    `  charged $${clip.charged} of the local credit; made in ${(clip.elapsedMs / 1000).toFixed(1)} s`,
    '',
  ].join('\n');
}

const FILE_ROLES: readonly FieldRole[] = [
  'image',
  'images',
  'lastImage',
  'referenceVideos',
  'referenceAudios',
];

async function uploadFiles(client: ServerClient, endpoint: Endpoint, input: JsonObject): Promise<JsonObject> {
  const copy: Record<string, JsonValue> = { ...input };
  for (const field of endpoint.fields.filter((candidate) => FILE_ROLES.includes(candidate.role))) {
    const value = copy[field.name];
    if (typeof value === 'string') copy[field.name] = await uploadFile(client, value);
    else if (Array.isArray(value))
      copy[field.name] = await Promise.all(value.map((item) => uploadFile(client, String(item))));
  }
  return copy;
}

/** The URL under which the server can read the file; URLs are passed on as they are. */
async function uploadFile(client: ServerClient, file: string): Promise<string> {
  if (/^(https?|data):/i.test(file)) return file;
  const found = await stat(file).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (!found)
    throw new AnimaticError(
      'media_access_failed',
      `There is no file "${file}"; give the path of a picture or its URL.`,
    );
  const form = new FormData();
  form.set('file', await openAsBlob(file), basename(file));
  const answer = await client.upload('/api/v3/media/upload/binary', form);
  return String((answer.data as JsonObject).download_url);
}

async function submit(client: ServerClient, endpoint: Endpoint, input: JsonObject): Promise<string> {
  if (endpoint.protocol === 'wavespeed') {
    const answer = await client.post(`/api/v3/${endpoint.id}`, input);
    return String((answer.data as JsonObject).id);
  }
  return String((await client.post(`/fal/queue/${endpoint.id}`, input)).request_id);
}

/** Draws progress and log until the task ends. */
async function follow(client: ServerClient, taskId: string): Promise<JsonObject> {
  const bar = new cliProgress.SingleBar(
    { format: '  {bar} {percentage}%  {state}', clearOnComplete: true, hideCursor: true, noTTYOutput: false },
    cliProgress.Presets.shades_grey,
  );
  let lastLine = 0;
  bar.start(100, 0, { state: 'waiting' });
  try {
    for (;;) {
      const task = await client.get(`/admin/tasks/${taskId}?after=${lastLine}&waitMs=2000`);
      bar.update(Math.floor(Number(task.progress) * 100), { state: task.state });
      for (const line of task.log as readonly JsonObject[]) {
        lastLine = Number(line.number);
        showLine(bar, `  ${line.message}`);
      }
      if (task.state === 'completed') return task;
      if (task.error !== undefined) throw taskError(task.error as JsonObject);
    }
  } finally {
    bar.stop();
  }
}

/** Above the bar on a terminal, plainly elsewhere. */
function showLine(bar: cliProgress.SingleBar, text: string): void {
  if (!process.stderr.isTTY) {
    process.stdout.write(`${text}\n`);
    return;
  }
  process.stderr.write(`\r\u001b[K${text}\n`);
  bar.updateETA();
}

const taskError = (error: JsonObject): AnimaticError =>
  new AnimaticError(error.code as ErrorCode, String(error.message));
