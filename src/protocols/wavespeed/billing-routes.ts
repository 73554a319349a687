/** What an account has paid: every movement of its wallet, and what its runs cost by model and day. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { endpointsOf } from '#catalogue/index.ts';
import type { EntryKind } from '#domain/billing/entry.ts';
import { PROTOCOLS } from '#domain/endpoint-key.ts';
import { apiKeyId, taskId } from '#domain/ids.ts';
import { addMs, type Instant, instant } from '#domain/instant.ts';
import type { JsonObject } from '#domain/json.ts';
import type { MovementSearch } from '#ports/ledger.ts';
import { bodyObject } from '../http/accept-json.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { BILLING_TYPES, toBillingItem } from './billing-item.ts';
import { envelope } from './envelope.ts';
import { instantOf, invalid, pageOf, textOf, textsOf } from './request-values.ts';
import { toUsageReport } from './usage-report.ts';

const USUAL_PAGE_SIZE = 10;
const MOST_PREDICTIONS = 1000;
const DAY_MS = 24 * 3_600_000;
/** A longer report is refused, as WaveSpeed does. */
const LONGEST_PERIOD_MS = 31 * DAY_MS;

export function billingRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  const billings = async (request: FastifyRequest, input: JsonObject) => {
    const { page, limit, offset } = pageOf(input, USUAL_PAGE_SIZE);
    const { movements, total } = await deps.ledger.searchMovements({
      accountId: principalOf(request).accountId,
      ...movementFilter(input),
      limit,
      offset,
    });
    const hasMore = offset + movements.length < total;
    return envelope({ page, total, has_more: hasMore, items: movements.map(toBillingItem) });
  };
  server.post('/v3/billings/search', (request) => billings(request, bodyObject(request)));
  server.get('/v3/account/billings', (request) => billings(request, request.query as JsonObject));

  const usage = async (request: FastifyRequest, input: JsonObject) => {
    const wanted = textOf(input, 'model_uuid');
    const rows = await deps.tasks.usage(principalOf(request).accountId, periodOf(input, deps.clock.now()));
    const ofModel = rows.filter(({ endpointId }) => wanted === undefined || endpointId === wanted);
    return envelope(toUsageReport(ofModel, typeOf));
  };
  server.post('/v3/user/usage_stats', (request) => usage(request, bodyObject(request)));
  server.get('/v3/account/usage', (request) => usage(request, request.query as JsonObject));
}

function movementFilter(input: JsonObject): Pick<MovementSearch, 'order'> & Partial<MovementSearch> {
  const kind = kindOf(input);
  const [firstId, ...otherIds] = textsOf(input, 'prediction_uuids').map(taskId);
  if (otherIds.length >= MOST_PREDICTIONS)
    throw invalid('prediction_uuids', `may hold at most ${MOST_PREDICTIONS} ids`);
  const endpointId = textOf(input, 'model_uuid');
  const apiKey = textOf(input, 'access_key_uuid');
  const from = instantOf(input, 'start_time');
  const until = instantOf(input, 'end_time');
  return {
    order: /\basc$/i.test(textOf(input, 'sort') ?? '') ? 'oldestFirst' : 'newestFirst',
    ...(kind === undefined ? {} : { kind }),
    ...(firstId === undefined ? {} : { taskIds: [firstId, ...otherIds] as const }),
    ...(endpointId === undefined ? {} : { endpointId }),
    ...(apiKey === undefined ? {} : { apiKeyId: apiKeyId(apiKey) }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

function kindOf(input: JsonObject): EntryKind | undefined {
  const type = textOf(input, 'billing_type');
  if (type === undefined) return undefined;
  const [kind] = Object.entries(BILLING_TYPES).find(([, name]) => name === type) ?? [];
  if (kind !== undefined) return kind as EntryKind;
  throw invalid('billing_type', `must be one of ${Object.values(BILLING_TYPES).join(', ')}`);
}

/** The last 31 days where nothing is said. */
function periodOf(input: JsonObject, now: Instant): { readonly from: Instant; readonly until: Instant } {
  const until = instantOf(input, 'end_time') ?? addMs(now, 1);
  const from = instantOf(input, 'start_time') ?? instant(until - LONGEST_PERIOD_MS);
  if (from > until) throw invalid('start_time', 'must not come after "end_time"');
  // A day's grace: a report for a calendar month names its last moment or the first of the next.
  if (until - from > LONGEST_PERIOD_MS + DAY_MS)
    throw invalid('start_time', 'must lie at most 31 days before "end_time"');
  return { from, until };
}

/** Endpoints of every protocol are paid from one wallet. */
const typeOf = (endpointId: string): string =>
  PROTOCOLS.flatMap(endpointsOf).find(({ id }) => id === endpointId)?.type ?? '';
