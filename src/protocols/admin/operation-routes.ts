/** How the server is doing: its engines, and how much there is to do. */
import type { FastifyInstance } from 'fastify';
import { ENDPOINTS } from '#catalogue/index.ts';
import type { EndpointKey } from '#domain/endpoint-key.ts';
import { addMs } from '#domain/instant.ts';
import { formatUsd, ZERO } from '#domain/money.ts';
import type { Engine, EngineCapabilities, EngineHealth } from '#ports/engine.ts';
import type { BreakerState, EngineListing } from '#ports/engine-directory.ts';
import type { QueueDepth } from '#ports/task-queue.ts';
import type { EngineMargin } from '#ports/task-store.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';

export interface EngineView {
  readonly name: string;
  readonly health: EngineHealth;
  /** Whether it is asked at the moment: after failures it is left alone for a while. */
  readonly breaker: BreakerState;
  /** Tasks that it may have in hand; any number when absent. */
  readonly mostJobs?: number;
  readonly capabilities: EngineCapabilities;
  /** Of the tasks submitted in the last thirty days that it made, or was to make. */
  readonly margin: MarginView;
  /** Those whose runs may go to it. */
  readonly endpoints: readonly EndpointKey[];
}

/** Exact decimal USD text. */
export interface MarginView {
  readonly submitted: number;
  readonly completed: number;
  readonly charged: string;
  /** What it said that the clips cost the operator. */
  readonly cost: string;
  /** Completed tasks of which it said nothing, so that they count as nothing. */
  readonly completedOfUnknownCost: number;
}

export interface QueueView extends Omit<QueueDepth, 'oldestWaitingSince' | 'accounts'> {
  readonly oldestWaitingSeconds?: number;
  readonly accounts: readonly (QueueDepth['accounts'][number] & { readonly accountName: string })[];
}

const MARGIN_PERIOD_MS = 30 * 86_400_000;

export function operationRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get('/engines', async (): Promise<{ readonly engines: readonly EngineView[] }> => {
    const until = addMs(deps.clock.now(), 1);
    const margins = await deps.tasks.margins({ from: addMs(until, -MARGIN_PERIOD_MS), until });
    const engines = await Promise.all(
      deps.engines.list().map((listing) => {
        const margin = margins.find(({ engine }) => engine === listing.engine.name);
        return engineView(listing, { margin, endpoints: endpointsOf(deps, listing.engine) });
      }),
    );
    return { engines };
  });

  server.get('/queue', async (): Promise<QueueView> => {
    const [{ oldestWaitingSince, accounts, ...depth }, all] = await Promise.all([
      deps.queue.depth(),
      deps.accounts.listAccounts(),
    ]);
    const waitedMs = oldestWaitingSince === undefined ? undefined : deps.clock.now() - oldestWaitingSince;
    return {
      ...depth,
      ...(waitedMs === undefined ? {} : { oldestWaitingSeconds: Math.max(0, Math.floor(waitedMs / 1000)) }),
      accounts: accounts.map((account) => ({
        ...account,
        accountName: all.find(({ id }) => id === account.accountId)!.name,
      })),
    };
  });
}

/** Those that may ask it, in the order of the catalogue. */
const endpointsOf = (
  { engines }: Pick<HttpDependencies, 'engines'>,
  { name }: Engine,
): readonly EndpointKey[] =>
  ENDPOINTS.filter((endpoint) => engines.routeOf(endpoint).some(({ engine }) => engine.name === name));

const engineView = async (
  { engine, mostJobs, breaker }: EngineListing,
  { margin, endpoints }: { margin: EngineMargin | undefined; endpoints: readonly EndpointKey[] },
): Promise<EngineView> => ({
  name: engine.name,
  health: await engine.health(),
  breaker,
  ...(mostJobs === undefined ? {} : { mostJobs }),
  capabilities: engine.capabilities,
  margin: {
    submitted: margin?.submitted ?? 0,
    completed: margin?.completed ?? 0,
    charged: formatUsd(margin?.charged ?? ZERO),
    cost: formatUsd(margin?.cost ?? ZERO),
    completedOfUnknownCost: margin?.completedOfUnknownCost ?? 0,
  },
  endpoints: endpoints.map(({ protocol, id }) => ({ protocol, id })),
});
