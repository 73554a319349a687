/** What an account has submitted: listing it and deleting from it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { taskId } from '#domain/ids.ts';
import { addMs, type Instant } from '#domain/instant.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Task } from '#domain/task/task.ts';
import type { TaskState } from '#domain/task/task-state.ts';
import type { TaskPage } from '#ports/task-store.ts';
import { deleteTasks } from '#services/delete-tasks.ts';
import { bodyObject } from '../http/accept-json.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { envelope } from './envelope.ts';
import { toPrediction } from './prediction.ts';
import { instantOf, invalid, isOn, pageOf, textOf, textsOf } from './request-values.ts';

const USUAL_PAGE_SIZE = 100;
/** How far back a list reaches unless it names a time: as long as WaveSpeed keeps predictions. */
const USUAL_SPAN_MS = 7 * 24 * 3_600_000;
const MOST_DELETED_AT_ONCE = 1000;

/** Every status that clients ask for, and which tasks are meant; none for endings that do not occur here. */
const STATES: Readonly<Record<string, readonly TaskState[]>> = {
  created: ['created'],
  /** The command line's word. */
  pending: ['created'],
  processing: ['processing'],
  completed: ['completed'],
  failed: ['failed', 'cancelled'],
  cancelled: ['cancelled'],
  timeout: [],
  deleted: [],
};

export function historyRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  const list = async (request: FastifyRequest, input: JsonObject) => {
    const { page, limit, offset } = pageOf(input, USUAL_PAGE_SIZE);
    const states = statesOf(input);
    const until = instantOf(input, 'created_before');
    const endpointId = textOf(input, 'model');
    const found = await findStates(states, (some) =>
      deps.tasks.search({
        accountId: principalOf(request).accountId,
        protocol: 'wavespeed',
        from: instantOf(input, 'created_after') ?? usualStart(deps),
        limit,
        offset,
        ...(until === undefined ? {} : { until }),
        ...(endpointId === undefined ? {} : { endpointId }),
        ...(some === undefined ? {} : { states: some }),
      }),
    );
    const origin = publicOrigin(request, deps);
    const items = found.tasks.map((task) => toItem(task, origin, isOn(input, 'include_inputs')));
    return envelope({ page, total: found.total, items });
  };
  server.post('/v3/predictions', (request) => list(request, bodyObject(request)));
  server.get('/v3/predictions', (request) => list(request, request.query as JsonObject));

  server.post('/v3/predictions/delete', async (request) => {
    const ids = textsOf(bodyObject(request), 'ids');
    if (ids.length === 0 || ids.length > MOST_DELETED_AT_ONCE) {
      throw invalid('ids', `must hold one to ${MOST_DELETED_AT_ONCE} prediction ids`);
    }
    const count = await deleteTasks(deps, principalOf(request), 'wavespeed', ids.map(taskId));
    return envelope({ deleted_count: count });
  });
}

const usualStart = ({ clock }: Pick<HttpDependencies, 'clock'>): Instant =>
  addMs(clock.now(), -USUAL_SPAN_MS);

/** Undefined for any. */
function statesOf(input: JsonObject): readonly TaskState[] | undefined {
  const status = textOf(input, 'status');
  if (status === undefined) return undefined;
  if (!Object.hasOwn(STATES, status))
    throw invalid('status', `must be one of ${Object.keys(STATES).join(', ')}`);
  return STATES[status];
}

/** Nothing has none of the states. */
async function findStates(
  states: readonly TaskState[] | undefined,
  search: (states: readonly [TaskState, ...TaskState[]] | undefined) => Promise<TaskPage>,
): Promise<TaskPage> {
  if (states === undefined) return search(undefined);
  const [first, ...others] = states;
  return first === undefined ? { tasks: [], total: 0 } : search([first, ...others]);
}

/** The desktop app reads `execution_time`, the command line `executionTime`. Clips stand as URLs here, whatever was asked for. */
function toItem(task: Task, origin: string, withInputs: boolean) {
  const prediction = toPrediction(task, origin);
  return {
    ...prediction,
    execution_time: prediction.executionTime,
    ...(withInputs ? { inputs: task.input } : {}),
  };
}
