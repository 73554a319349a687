/** How request bodies are read: JSON, or nothing at all under a JSON content type, which the public clients send often. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';

/** Replaces Fastify's own JSON parser: an empty body is `undefined`, and keys that could reach a prototype are dropped. */
export function acceptJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('remove', 'remove');
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.trim() === '') return done(null, undefined);
    return parse(request, body, (error: Error | null, value?: unknown) => {
      if (error === null) done(null, value);
      else done(new AnimaticError('malformed_request', `The body is not valid JSON: ${error.message}.`));
    });
  });
}

/** The body as an object; an empty one counts as `{}`. @throws AnimaticError `malformed_request` for other JSON. */
export function bodyObject(request: FastifyRequest): JsonObject {
  const { body } = request;
  if (body === undefined) return {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AnimaticError('malformed_request', 'The body must be a JSON object such as {"prompt": "..."}.');
  }
  return body as JsonObject;
}
