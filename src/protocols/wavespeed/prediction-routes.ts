/** Submit, result and cancel. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { taskId } from '#domain/ids.ts';
import type { Task } from '#domain/task/task.ts';
import { isFinal } from '#domain/task/task-state.ts';
import { cancelTask } from '#services/cancel-task.ts';
import { findTask, waitForEnd } from '#services/find-task.ts';
import { submitTask } from '#services/submit-task.ts';
import { bodyObject } from '../http/accept-json.ts';
import { MAX_INPUT_BYTES } from '../http/body-limits.ts';
import { callerGone } from '../http/caller-gone.ts';
import { admitSubmit } from '../http/emulator-controls.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { idempotencyKeyOf } from '../http/idempotency-key.ts';
import { principalOf } from '../http/principal.ts';
import { ownOrigins, publicOrigin } from '../http/public-origin.ts';
import { envelope } from './envelope.ts';
import { foldSeed } from './fold-seed.ts';
import { withInlineOutput } from './inline-output.ts';
import { nameResolution } from './name-resolution.ts';
import { type Prediction, toPrediction, toSyncTimeout } from './prediction.ts';
import { isOn } from './request-values.ts';
import { requestedWebhook } from './requested-webhook.ts';

export interface WavespeedOptions {
  /** How long a submit with `enable_sync_mode` may wait for its result; WaveSpeed's own limit by default. */
  readonly syncWaitMs?: number;
}

const SYNC_WAIT_MS = 90_000;

interface IdParams {
  readonly id: string;
}

export function predictionRoutes(
  server: FastifyInstance,
  deps: HttpDependencies,
  { syncWaitMs = SYNC_WAIT_MS }: WavespeedOptions,
): void {
  const options = { bodyLimit: MAX_INPUT_BYTES };
  server.post<{ Params: { readonly '*': string } }>('/v3/*', options, async (request, reply) => {
    const body = bodyObject(request);
    const webhook = requestedWebhook(request.url, body);
    const endpoint = { protocol: 'wavespeed', id: request.params['*'].replace(/\/+$/, '') } as const;
    const admitted = await admitSubmit(deps, request, endpoint, nameResolution(foldSeed(body)));
    const task = await submitTask(deps, {
      principal: principalOf(request),
      endpoint,
      ...admitted,
      ownOrigins: ownOrigins(request, deps),
      idempotencyKey: idempotencyKeyOf(request),
      policy: deps.submitPolicy,
      inlineOutput: isOn(body, 'enable_base64_output'),
      ...(webhook === undefined ? {} : { webhook }),
    });
    const origin = publicOrigin(request, deps);
    if (!isOn(body, 'enable_sync_mode')) return envelope(toPrediction(task, origin));
    const settled = await waitForEnd(deps, task.id, {
      timeoutMs: syncWaitMs,
      signal: callerGone(request, reply),
    });
    if (!isFinal(settled.state)) return envelope(toSyncTimeout(settled, origin, syncWaitMs));
    return envelope(await withInlineOutput(deps, settled, toPrediction(settled, origin)));
  });

  const result = async (request: FastifyRequest<{ Params: IdParams }>) =>
    envelope(await readPrediction(deps, request));
  server.get('/v3/predictions/:id/result', result);
  server.get('/v3/predictions/:id', result);
  server.get('/v2/predictions/:id/result', result);

  server.delete<{ Params: IdParams }>('/v3/predictions/:id', async (request) => {
    const { id } = await requestedTask(deps, request);
    await cancelTask(deps, principalOf(request), id);
    return envelope({ id, status: 'deleted' });
  });
}

async function readPrediction(
  deps: HttpDependencies,
  request: FastifyRequest<{ Params: IdParams }>,
): Promise<Prediction> {
  const task = await requestedTask(deps, request);
  return withInlineOutput(deps, task, toPrediction(task, publicOrigin(request, deps)));
}

const requestedTask = (
  deps: HttpDependencies,
  request: FastifyRequest<{ Params: IdParams }>,
): Promise<Task> => findTask(deps, taskId(request.params.id), principalOf(request).accountId, 'wavespeed');
