/** Which engines of an endpoint's route can make a clip, in the order in which they are to be asked. */
import type { Endpoint } from '#catalogue/endpoint.ts';
import { AnimaticError } from '#domain/errors.ts';
import type { AccountId } from '#domain/ids.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { GenerationRequest } from '#domain/task/generation-request.ts';
import type { InputPaths } from '#domain/task/task.ts';
import type { Engine } from '#ports/engine.ts';
import type { RouteCondition, RouteStop } from '#ports/engine-directory.ts';
import type { Ports } from '#ports/ports.ts';
import { type Lack, lackOf } from './check-capabilities.ts';

export interface WantedClip {
  readonly endpoint: Endpoint;
  readonly request: GenerationRequest<unknown>;
  readonly inputPaths: InputPaths;
  readonly accountId: AccountId;
}

/** What the clip would cost the operator with this engine; undefined where nobody can say. */
export type AskCost = (engine: Engine) => Promise<MicroDollars | undefined>;

/**
 * Engines that can and may make it, at least one. Price ceilings are not looked at.
 * @throws AnimaticError `unsupported_by_engine`, which says what each one lacks, with the path of the first input that is too much.
 */
export function capableStops(
  { engines }: Pick<Ports, 'engines'>,
  wanted: WantedClip,
): readonly [RouteStop, ...RouteStop[]] {
  const judged = engines.routeOf(wanted.endpoint).map((stop) => ({ stop, lack: lackOfStop(stop, wanted) }));
  const [first, ...rest] = judged.filter(({ lack }) => lack === undefined).map(({ stop }) => stop);
  if (first !== undefined) return [first, ...rest];
  throw noneCan(judged.map(({ stop, lack }) => ({ engine: stop.engine, lack: lack! })));
}

/**
 * The same, without those that would cost too much, and with weights drawn.
 * @param random 0 to 1, another each time.
 */
export async function chooseEngines(
  ports: Pick<Ports, 'engines'>,
  wanted: WantedClip,
  { askCost, random }: { readonly askCost: AskCost; readonly random: () => number },
): Promise<readonly [Engine, ...Engine[]]> {
  const judged = await Promise.all(
    capableStops(ports, wanted).map(async (stop) => ({ stop, lack: await lackOfMoney(stop, askCost) })),
  );
  const affordable = judged.filter(({ lack }) => lack === undefined).map(({ stop }) => stop);
  const [first, ...rest] = drawWeights(affordable, random).map(({ engine }) => engine);
  if (first !== undefined) return [first, ...rest];
  throw noneCan(judged.map(({ stop, lack }) => ({ engine: stop.engine, lack: lack! })));
}

function lackOfStop({ engine, when }: RouteStop, wanted: WantedClip): Lack | undefined {
  const { endpoint, request, inputPaths } = wanted;
  const unmet = unmetCondition(when, wanted);
  return unmet === undefined
    ? lackOf(engine.capabilities, { fields: endpoint.fields, request, inputPaths })
    : { what: unmet };
}

function unmetCondition(when: RouteCondition, { request, accountId }: WantedClip): string | undefined {
  const { resolutions, accounts, longestDurationSeconds, generateAudio, webSearch } = when;
  if (resolutions !== undefined && !resolutions.includes(request.resolution))
    return `is set up for ${resolutions.join(' and ')} alone`;
  if (accounts !== undefined && !accounts.includes(accountId)) return 'is set up for other accounts';
  const seconds =
    request.durationSeconds === 'auto' ? request.longestDurationSeconds : request.durationSeconds;
  if (longestDurationSeconds !== undefined && seconds > longestDurationSeconds)
    return `is set up for clips of at most ${longestDurationSeconds} seconds`;
  if (generateAudio !== undefined && request.generateAudio !== generateAudio)
    return `is set up for clips ${generateAudio ? 'with' : 'without'} sound alone`;
  if (webSearch !== undefined && request.webSearch !== webSearch)
    return `is set up for requests ${webSearch ? 'with' : 'without'} a web search alone`;
  return undefined;
}

async function lackOfMoney({ engine, when }: RouteStop, askCost: AskCost): Promise<Lack | undefined> {
  if (when.maxCost === undefined) return undefined;
  const cost = await askCost(engine);
  // What engines cost the operator is not for callers.
  return cost !== undefined && cost <= when.maxCost
    ? undefined
    : { what: 'is not set up for clips that cost as much; ask for a shorter or smaller one' };
}

/** Neighbours with a weight are put in an order drawn by it; the others stay where they are. */
function drawWeights(stops: readonly RouteStop[], random: () => number): readonly RouteStop[] {
  const ordered: RouteStop[] = [];
  let group: RouteStop[] = [];
  const endGroup = () => {
    ordered.push(...drawnByWeight(group, random));
    group = [];
  };
  for (const stop of stops) {
    if (stop.weight !== undefined) {
      group.push(stop);
      continue;
    }
    endGroup();
    ordered.push(stop);
  }
  endGroup();
  return ordered;
}

function drawnByWeight(group: readonly RouteStop[], random: () => number): readonly RouteStop[] {
  const left = [...group];
  const drawn: RouteStop[] = [];
  while (left.length > 0) {
    const total = left.reduce((sum, { weight = 0 }) => sum + weight, 0);
    let point = random() * total;
    const index = left.findIndex(({ weight = 0 }) => {
      point -= weight;
      return point < 0;
    });
    drawn.push(...left.splice(Math.max(0, index), 1));
  }
  return drawn;
}

function noneCan(lacks: readonly { readonly engine: Engine; readonly lack: Lack }[]): AnimaticError {
  const [first] = lacks;
  const path = lacks.find(({ lack }) => lack.path !== undefined)?.lack.path;
  const message =
    lacks.length === 1
      ? `The engine "${first!.engine.name}" behind this endpoint ${first!.lack.what}.`
      : `No engine behind this endpoint can do what was asked for: ${lacks.map(({ engine, lack }) => `"${engine.name}" ${lack.what}`).join('; ')}.`;
  return new AnimaticError('unsupported_by_engine', message, path === undefined ? {} : { path });
}
