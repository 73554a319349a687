/** The routes of the configuration file: which engines stand behind which endpoints. */
import { fits, type PlannedRoute, type PlannedStop } from '#adapters/engines/routing/engine-routes.ts';
import { ENDPOINTS } from '#catalogue/index.ts';
import { accountId } from '#domain/ids.ts';
import { RESOLUTIONS } from '#domain/media/frame-size.ts';
import type { RouteCondition } from '#ports/engine-directory.ts';
import type { ConfigurationValue } from './configuration-value.ts';

const ENDPOINT_KEYS = ENDPOINTS.map(({ protocol, id }) => `${protocol}:${id}`);

/** @throws AnimaticError `bad_setting`, also for a route that no endpoint fits and for an engine that there is not. */
export function readRoutes(
  routes: ConfigurationValue,
  engineNames: readonly string[],
): readonly PlannedRoute[] {
  return [...routes.members()].map(([pattern, value]) => {
    if (!ENDPOINT_KEYS.some((key) => fits(pattern, key))) {
      throw value.bad(
        `fits no endpoint; write "<protocol>:<endpoint id>", in which a star stands for any characters. There are ${ENDPOINT_KEYS.join(', ')}`,
      );
    }
    const [first, ...rest] = value.items();
    return {
      pattern,
      stops: [readStop(first, engineNames), ...rest.map((item) => readStop(item, engineNames))],
    };
  });
}

/** The name of an engine, or an object with more. */
function readStop(value: ConfigurationValue, engineNames: readonly string[]): PlannedStop {
  if (value.isText) return { engine: readName(value, engineNames), when: {} };
  const members = value.members(['engine', 'weight', 'when']);
  const engine = members.get('engine');
  if (engine === undefined) throw value.bad('needs "engine", the name of an engine');
  const weight = members.get('weight');
  const when = members.get('when');
  return {
    engine: readName(engine, engineNames),
    ...(weight === undefined ? {} : { weight: weight.positiveNumber() }),
    when: when === undefined ? {} : readCondition(when),
  };
}

function readName(value: ConfigurationValue, engineNames: readonly string[]): string {
  const name = engineNames.find((known) => known === value.text());
  if (name === undefined)
    throw value.bad(
      `names the engine "${value.text()}", which is not among "engines"; there are ${engineNames.join(', ')}`,
    );
  return name;
}

const LONGEST_SECONDS = 3600;

function readCondition(value: ConfigurationValue): RouteCondition {
  const members = value.members([
    'resolutions',
    'accounts',
    'longestDurationSeconds',
    'generateAudio',
    'webSearch',
    'maxCostUsd',
  ]);
  const read = <Read>(name: string, reader: (member: ConfigurationValue) => Read): Read | undefined => {
    const member = members.get(name);
    return member === undefined ? undefined : reader(member);
  };
  const condition = {
    resolutions: read('resolutions', (list) => list.items().map((item) => item.oneOf(RESOLUTIONS))),
    accounts: read('accounts', (list) => list.items().map((item) => accountId(item.text()))),
    longestDurationSeconds: read('longestDurationSeconds', (item) => item.wholeNumber(1, LONGEST_SECONDS)),
    generateAudio: read('generateAudio', (item) => item.flag()),
    webSearch: read('webSearch', (item) => item.flag()),
    maxCost: read('maxCostUsd', (item) => item.dollars()),
  };
  const given = Object.entries(condition).filter(([, part]) => part !== undefined);
  return Object.fromEntries(given) as RouteCondition;
}
