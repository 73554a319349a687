/** Runs: started over the model's own protocol, followed over the routes that know both. */
import { request } from './api-client.ts';
import type { Model, ModelInput, Protocol } from './catalogue.ts';

export type RunState = 'created' | 'processing' | 'completed' | 'failed' | 'cancelled';

export interface RunOutput {
  readonly urlPath: string;
  readonly posterUrlPath?: string;
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
  readonly byteLength: number;
  readonly contentType?: string;
}

export interface LogLine {
  readonly number: number;
  readonly at: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}

/** Money is exact decimal USD text, times are RFC 3339. */
export interface Run {
  readonly id: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly state: RunState;
  /** 0..1. */
  readonly progress: number;
  readonly seed: number;
  readonly prompt?: string;
  /** As validated; files that came with the request stand as URLs. */
  readonly input: ModelInput;
  readonly apiKeyId: string;
  readonly endUserId?: string;
  readonly engine?: string;
  readonly held: string;
  readonly charged?: string;
  readonly output?: RunOutput;
  readonly error?: { readonly code: string; readonly message: string; readonly path?: (string | number)[] };
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly hasWebhook: boolean;
}

export interface FollowedRun extends Run {
  readonly log: readonly LogLine[];
  /** Runs before it; only while it waits. */
  readonly queuePosition?: number;
}

export const isEnded = ({ state }: Pick<Run, 'state'>): boolean =>
  state === 'completed' || state === 'failed' || state === 'cancelled';

/** Starts a run as any client of the model's protocol does. @returns Its id. @throws WireError */
export async function startRun(model: Model, input: ModelInput): Promise<string> {
  if (model.protocol === 'fal') {
    const answer = await request<{ readonly request_id: string }>('POST', model.submitPath, { body: input });
    return answer.request_id;
  }
  const answer = await request<{ readonly data: { readonly id: string } }>('POST', model.submitPath, {
    body: input,
  });
  return answer.data.id;
}

/** Answers at once when there is news after log line `after`, else when something changes or `waitMs` are over. */
export const readRun = (
  id: string,
  { after = 0, waitMs = 0, signal }: { after?: number; waitMs?: number; signal?: AbortSignal } = {},
): Promise<FollowedRun> =>
  request('GET', `/account/runs/${encodeURIComponent(id)}?after=${after}&waitMs=${waitMs}`, { signal });

export const cancelRun = (id: string): Promise<Run> =>
  request('POST', `/account/runs/${encodeURIComponent(id)}/cancel`);

export const deleteRun = (id: string): Promise<void> =>
  request('DELETE', `/account/runs/${encodeURIComponent(id)}`);

/** The result as clients of the protocol get it, for the page that shows how to use it. */
export const readProtocolAnswer = ({ protocol, endpoint, id }: Run): Promise<unknown> =>
  request('GET', protocolAnswerPath({ protocol, endpoint, id }));

export const protocolAnswerPath = ({
  protocol,
  endpoint,
  id,
}: Pick<Run, 'protocol' | 'endpoint' | 'id'>): string =>
  protocol === 'fal'
    ? `/fal/queue/${endpoint.split('/').slice(0, 2).join('/')}/requests/${id}`
    : `/api/v3/predictions/${id}/result`;
