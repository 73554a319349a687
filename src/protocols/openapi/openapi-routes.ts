/**
 * `/openapi.json`, and `/reference`: the same as a page to read, which asks no other host for anything and runs no script but its own.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { JsonObject } from '#domain/json.ts';
import { renderReference } from './reference-page.ts';

const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ASSETS = {
  'reference.css': 'text/css; charset=utf-8',
  'reference.js': 'text/javascript; charset=utf-8',
};

interface Answer {
  readonly text: string;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const openapiRoutes =
  (document: JsonObject): FastifyPluginAsync =>
  async (server) => {
    serve(server, '/openapi.json', {
      text: JSON.stringify(document),
      type: 'application/json; charset=utf-8',
    });
    serve(server, '/reference', {
      text: renderReference(document),
      type: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': CONTENT_POLICY },
    });
    for (const [name, type] of Object.entries(ASSETS)) {
      const text = readFileSync(new URL(`./reference/${name}`, import.meta.url), 'utf8');
      serve(server, `/${name}`, { text, type });
    }
  };

/** The same text until the program is another: browsers ask whether it is. */
function serve(server: FastifyInstance, url: string, { text, type, headers = {} }: Answer): void {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`;
  server.get(url, async (request, reply) => {
    reply.headers({ ...headers, etag, 'cache-control': 'no-cache' });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type(type).send(text);
  });
}
