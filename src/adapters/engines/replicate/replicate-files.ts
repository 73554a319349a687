/**
 * Pictures on their way to Replicate. Each is uploaded with a mark among its metadata, by which a prediction that uses it can be found
 * again.
 */
import { readFile } from 'node:fs/promises';
import type { Credential } from '../upstream/credentials.ts';
import type { JobPicture } from '../upstream/job-pictures.ts';
import { asText, at, objectsIn } from '../upstream/json-reading.ts';
import { successBody } from '../upstream/read-answer.ts';
import type { UpstreamClient } from '../upstream/upstream-client.ts';
import { UpstreamTrouble } from '../upstream/upstream-trouble.ts';

const MARK_FIELD = 'animatic';

/** The picture's URL at the service. @throws UpstreamTrouble; nothing has been bought then. */
export async function uploadPicture(
  client: UpstreamClient,
  credential: Credential,
  { filePath, contentType, extension }: JobPicture,
  mark: string,
): Promise<string> {
  const form = new FormData();
  form.append('content', new Blob([await readFile(filePath)], { type: contentType }), `${mark}.${extension}`);
  form.append('metadata', new Blob([JSON.stringify({ [MARK_FIELD]: mark })], { type: 'application/json' }));
  // The boundary is chosen, and the body laid out, by the platform's own encoder.
  const encoded = new Response(form);
  const body = {
    bytes: new Uint8Array(await encoded.arrayBuffer()),
    headers: { 'content-type': encoded.headers.get('content-type')! },
  };
  const answer = await client.ask({ method: 'POST', url: '/files', credential, body });
  const url = asText(at(successBody(answer, credential), 'urls', 'get'));
  if (url === undefined) throw new UpstreamTrouble('it does not say where it put a picture');
  return url;
}

/** Ids of the files that carry the mark, among those listed first. @throws UpstreamTrouble. */
export async function markedFiles(
  client: UpstreamClient,
  credential: Credential,
  mark: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const answer = await client.ask({ method: 'GET', url: '/files', credential, signal });
  return objectsIn(successBody(answer, credential).results)
    .filter((file) => at(file, 'metadata', MARK_FIELD) === mark)
    .flatMap((file) => asText(file.id) ?? []);
}
