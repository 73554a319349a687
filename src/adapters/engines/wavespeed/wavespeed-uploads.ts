/** Brings pictures to WaveSpeed: a ticket, then the bytes to wherever the ticket says, without the key. */
import { readFile } from 'node:fs/promises';
import type { JsonValue } from '#domain/json.ts';
import type { Credential } from '../upstream/credentials.ts';
import type { JobPicture } from '../upstream/job-pictures.ts';
import { asObject, asText, at } from '../upstream/json-reading.ts';
import { isSuccess, successBody, troubleOf } from '../upstream/read-answer.ts';
import type { UpstreamClient } from '../upstream/upstream-client.ts';
import { UpstreamTrouble } from '../upstream/upstream-trouble.ts';

/**
 * The picture's URL at the service.
 * @param name Without an ending; the service may keep it in the URL.
 * @throws UpstreamTrouble; nothing has been bought then.
 */
export async function uploadPicture(
  client: UpstreamClient,
  credential: Credential,
  { filePath, contentType, extension }: JobPicture,
  name: string,
): Promise<string> {
  const bytes = await readFile(filePath);
  const json = { filename: `${name}.${extension}`, size: bytes.length, content_type: contentType };
  const ticket = await client.ask({ method: 'POST', url: '/api/v3/media/uploads', credential, json });
  const data = at(successBody(ticket, credential), 'data');
  const uploadUrl = asText(at(data, 'upload', 'url'));
  const downloadUrl = asText(at(data, 'download_url'));
  if (uploadUrl === undefined || downloadUrl === undefined || !/^https?:/.test(uploadUrl))
    throw new UpstreamTrouble('it gives no place to upload a picture to');
  const headers = textFieldsOf(at(data, 'upload', 'headers'));
  const answer = await client.ask({ method: 'PUT', url: uploadUrl, body: { bytes, headers } });
  // 412: the bytes are there already, from a try whose answer was lost.
  if (!isSuccess(answer) && answer.status !== 412) throw troubleOf(answer, credential);
  return downloadUrl;
}

function textFieldsOf(value: JsonValue | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(asObject(value) ?? {});
  return Object.fromEntries(
    entries.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}
