/** Submit, result and cancel. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import { taskId } from '#domain/ids.ts';
import type { JsonObject, JsonValue } from '#domain/json.ts';
import { isFinal } from '#domain/task/task-state.ts';
import { cancelTask } from '#services/cancel-task.ts';
import { findTask, waitForEnd } from '#services/find-task.ts';
import { submitTask } from '#services/submit-task.ts';
import { bodyObject } from '../http/accept-json.ts';
import { callerGone } from '../http/caller-gone.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { ownOrigins, publicOrigin } from '../http/public-origin.ts';
import { envelope } from './envelope.ts';
import { type Prediction, toPrediction, toSyncTimeout } from './prediction.ts';

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
  server.post<{ Params: { readonly '*': string } }>('/v3/*', async (request, reply) => {
    const body = bodyObject(request);
    refuseBase64Output(body);
    const task = await submitTask(deps, {
      principal: principalOf(request),
      endpoint: { protocol: 'wavespeed', id: request.params['*'].replace(/\/+$/, '') },
      body,
      ownOrigins: ownOrigins(request, deps),
    });
    const origin = publicOrigin(request, deps);
    if (!isOn(body.enable_sync_mode)) return envelope(toPrediction(task, origin));
    const settled = await waitForEnd(deps, task.id, {
      timeoutMs: syncWaitMs,
      signal: callerGone(request, reply),
    });
    return envelope(
      isFinal(settled.state) ? toPrediction(settled, origin) : toSyncTimeout(settled, origin, syncWaitMs),
    );
  });

  const result = async (request: FastifyRequest<{ Params: IdParams }>) =>
    envelope(await readPrediction(deps, request));
  server.get('/v3/predictions/:id/result', result);
  server.get('/v3/predictions/:id', result);
  server.get('/v2/predictions/:id/result', result);

  server.delete<{ Params: IdParams }>('/v3/predictions/:id', async (request) => {
    const { id } = await readPrediction(deps, request);
    await cancelTask(deps, principalOf(request), taskId(id));
    return envelope({ id, status: 'deleted' });
  });
}

async function readPrediction(
  deps: HttpDependencies,
  request: FastifyRequest<{ Params: IdParams }>,
): Promise<Prediction> {
  const { accountId } = principalOf(request);
  const task = await findTask(deps, taskId(request.params.id), accountId, 'wavespeed');
  return toPrediction(task, publicOrigin(request, deps));
}

/** A URL in place of the bytes that a caller relies on would break it later and farther away. */
function refuseBase64Output(body: JsonObject): void {
  if (!isOn(body.enable_base64_output)) return;
  throw new AnimaticError(
    'invalid_parameter',
    '"enable_base64_output" is not offered here: outputs are URLs. Leave it out and fetch the URL.',
    { path: ['enable_base64_output'] },
  );
}

/** Switches come as text from clients that keep every value as text. */
const isOn = (value: JsonValue | undefined): boolean => value === true || value === 'true';
