/** What the own account has paid: every movement of its wallet, and its usage by day. Money is exact decimal USD text. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { AnimaticError } from '#domain/errors.ts';
import { apiKeyId } from '#domain/ids.ts';
import { addMs, type Instant, toRfc3339 } from '#domain/instant.ts';
import { formatUsd } from '#domain/money.ts';
import type { WalletMovement } from '#ports/ledger.ts';
import { type GroupedUsage, USAGE_DIMENSIONS } from '#ports/task-store.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { given, Limit, momentOf } from './list-query.ts';

const MovementQuery = Type.Object({
  kind: Type.Optional(Type.Enum(['hold', 'settlement', 'grant'])),
  endpoint: Type.Optional(Type.String()),
  apiKeyId: Type.Optional(Type.String()),
  from: Type.Optional(Type.String()),
  until: Type.Optional(Type.String()),
  limit: Limit,
  offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
});

const UsageQuery = Type.Object({
  by: Type.Enum([...USAGE_DIMENSIONS]),
  from: Type.Optional(Type.String()),
  until: Type.Optional(Type.String()),
});

const DAY_MS = 24 * 3_600_000;
const USUAL_PERIOD_MS = 30 * DAY_MS;
const LONGEST_PERIOD_MS = 366 * DAY_MS;

export function moneyRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get<{ Querystring: Static<typeof MovementQuery> }>(
    '/movements',
    { schema: { querystring: MovementQuery } },
    async (request) => {
      const { kind, limit, offset, ...query } = request.query;
      const [endpointId, key] = [given(query.endpoint), given(query.apiKeyId)];
      const [from, until] = [momentOf(query.from, 'from'), momentOf(query.until, 'until')];
      const { movements, total } = await deps.ledger.searchMovements({
        accountId: principalOf(request).accountId,
        order: 'newestFirst',
        limit,
        offset,
        ...(kind === undefined ? {} : { kind }),
        ...(endpointId === undefined ? {} : { endpointId }),
        ...(key === undefined ? {} : { apiKeyId: apiKeyId(key) }),
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
      });
      return { movements: movements.map(movementView), total };
    },
  );

  server.get<{ Querystring: Static<typeof UsageQuery> }>(
    '/usage',
    { schema: { querystring: UsageQuery } },
    async (request) => {
      const { by } = request.query;
      const until = momentOf(request.query.until, 'until') ?? addMs(deps.clock.now(), 1);
      const from = momentOf(request.query.from, 'from') ?? addMs(until, -USUAL_PERIOD_MS);
      requirePeriod(from, until);
      const rows = await deps.tasks.usageBy(by, principalOf(request).accountId, { from, until });
      return { from: toRfc3339(from), until: toRfc3339(until), rows: rows.map(usageView) };
    },
  );
}

/** @throws AnimaticError `invalid_parameter`. */
function requirePeriod(from: Instant, until: Instant): void {
  if (from <= until && until - from <= LONGEST_PERIOD_MS) return;
  throw new AnimaticError('invalid_parameter', '"from" must lie at most 366 days before "until".', {
    path: ['from'],
  });
}

const movementView = ({ sequence, kind, amount, at, task }: WalletMovement) => ({
  sequence,
  kind,
  amount: formatUsd(amount),
  at: toRfc3339(at),
  ...(task === undefined
    ? {}
    : {
        run: {
          id: task.id,
          endpoint: task.endpointId,
          state: task.state,
          held: formatUsd(task.held),
          ...(task.charged === undefined ? {} : { charged: formatUsd(task.charged) }),
          apiKeyId: task.apiKeyId,
          apiKeyName: task.apiKeyName,
        },
      }),
});

const usageView = ({ day, group, submitted, completed, charged }: GroupedUsage) => ({
  day: toRfc3339(day).slice(0, 'yyyy-mm-dd'.length),
  group,
  submitted,
  completed,
  charged: formatUsd(charged),
});
