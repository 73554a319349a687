/** By what a submit is known again when it is sent a second time. */
import type { EndpointKey } from '#domain/endpoint-key.ts';
import type { FileWish } from '#domain/file/file-rule.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import type { Emulation } from '#domain/task/emulation.ts';
import type { Submission } from '#domain/task/task.ts';

export interface SubmittedRequest {
  /** With its own id, not an alias. */
  readonly endpoint: EndpointKey;
  /** As it came. */
  readonly body: JsonObject;
  readonly webhookUrl: string | undefined;
  readonly emulation?: Emulation | undefined;
  readonly outputWish?: FileWish | undefined;
}

/** Undefined where nothing asks for it: the fingerprint of a picture sent inline takes time. */
export async function recogniseSubmit(
  request: SubmittedRequest,
  options: { readonly idempotencyKey: string | undefined; readonly duplicateWindowMs: number },
): Promise<Submission | undefined> {
  const { idempotencyKey, duplicateWindowMs } = options;
  if (idempotencyKey === undefined && duplicateWindowMs === 0) return undefined;
  const fingerprint = await fingerprintOf(request);
  return idempotencyKey === undefined ? { fingerprint } : { fingerprint, idempotencyKey };
}

/** Lower-case hex SHA-256. The order in which a client writes the members of an object does not count. */
export async function fingerprintOf({
  endpoint,
  body,
  webhookUrl,
  emulation,
  outputWish,
}: SubmittedRequest): Promise<string> {
  const wishes = [emulation, outputWish].filter((wish) => wish !== undefined);
  const text = JSON.stringify([endpoint.protocol, endpoint.id, webhookUrl ?? null, inOrder(body), ...wishes]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Buffer.from(digest).toString('hex');
}

function inOrder(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, inOrder(member)]));
}
