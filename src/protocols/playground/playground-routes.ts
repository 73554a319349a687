/**
 * The playground: files of its build, and its one document at every other path that a person opens and no route answers. Files with a
 * hash in their name, those in `assets/`, may be cached for ever; of the others browsers ask whether they have changed. A file that
 * the build has compressed (`.br`, `.gz` beside it) is sent so.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { answerPlainNotFound } from '../http/plain-error.ts';
import { PAGE_HEADERS } from './page-headers.ts';

const DOCUMENT = 'index.html';
const FOR_EVER = 'public, max-age=31536000, immutable';

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Animatic</title>
<h1>Animatic is running</h1>
<p>Its playground has not been built here. Build it, then load this page again:</p>
<pre>npm run playground</pre>
<p>The API is at work all the same: see <a href="/reference">its reference</a>.</p>
`;

/** Answers whatever no route does; to be registered once, without a prefix. @param folder Absolute path of the build. */
export const playgroundRoutes =
  (folder: string): FastifyPluginAsync =>
  async (server) => {
    await registerFiles(server, folder);
    server.setNotFoundHandler(async (request, reply) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return answerPlainNotFound(request, reply);
      const filePath = await findFile(folder, request.url);
      if (filePath !== undefined) return sendFile(reply, filePath);
      return wantsPage(request) ? sendDocument(folder, reply) : answerPlainNotFound(request, reply);
    });
  };

async function registerFiles(server: FastifyInstance, root: string): Promise<void> {
  await server.register(fastifyStatic, {
    serve: false,
    root,
    preCompressed: true,
    cacheControl: false,
    index: false,
  });
}

function sendFile(reply: FastifyReply, filePath: string): FastifyReply {
  reply.code(200).headers(PAGE_HEADERS);
  reply.header('cache-control', filePath.startsWith('assets/') ? FOR_EVER : 'no-cache');
  return reply.sendFile(filePath);
}

async function sendDocument(folder: string, reply: FastifyReply): Promise<FastifyReply> {
  if ((await findFile(folder, `/${DOCUMENT}`)) !== undefined) return sendFile(reply, DOCUMENT);
  return reply.code(200).headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(NOT_BUILT);
}

/** A person opened an address; at the root whoever asks is shown the page. */
const wantsPage = ({ headers, url }: FastifyRequest): boolean =>
  pathOf(url) === '/' || /\btext\/html\b/.test(headers.accept ?? '');

/** The path of a file within the folder; undefined for what is none, and for addresses that lead elsewhere. */
async function findFile(folder: string, url: string): Promise<string | undefined> {
  const filePath = path.resolve(folder, `.${pathOf(url)}`);
  if (!filePath.startsWith(folder + path.sep)) return undefined;
  try {
    return (await stat(filePath)).isFile()
      ? path.relative(folder, filePath).replaceAll('\\', '/')
      : undefined;
  } catch {
    return undefined;
  }
}

function pathOf(url: string): string {
  try {
    return decodeURIComponent(url.split('?')[0]!);
  } catch {
    return '/';
  }
}
