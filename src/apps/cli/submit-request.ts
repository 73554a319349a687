/** Sends files and request to the server as any client of the endpoint's protocol would. */
import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Endpoint } from '#catalogue/endpoint.ts';
import type { FieldRole } from '#catalogue/field.ts';
import { AnimaticError } from '#domain/errors.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { ServerClient } from './server-client.ts';

export interface SubmittedTask {
  readonly id: string;
  /** @throws AnimaticError `already_finished`. */
  cancel(): Promise<unknown>;
}

/** @param input By wire name; files as paths or URLs. */
export async function submitRequest(
  client: ServerClient,
  endpoint: Endpoint,
  input: JsonObject,
): Promise<SubmittedTask> {
  const body = await uploadFiles(client, endpoint, input);
  if (endpoint.protocol === 'wavespeed') {
    const answer = await client.post(`/api/v3/${endpoint.id}`, body);
    const id = String((answer.data as JsonObject).id);
    return { id, cancel: () => client.delete(`/api/v3/predictions/${id}`) };
  }
  const answer = await client.post(`/fal/queue/${endpoint.id}`, body);
  const cancelPath = new URL(String(answer.cancel_url)).pathname;
  return { id: String(answer.request_id), cancel: () => client.put(cancelPath) };
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
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true)
    throw new AnimaticError(
      'media_access_failed',
      `There is no file "${file}"; give the path of a picture or its URL.`,
    );
  const form = new FormData();
  form.set('file', await openAsBlob(file), basename(file));
  const answer = await client.upload('/api/v3/media/upload/binary', form);
  return String((answer.data as JsonObject).download_url);
}
