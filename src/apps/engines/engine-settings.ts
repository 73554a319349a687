/** The engines of the configuration file. Keys are named there by environment variable, and never written into it. */

import type { Credential, Credentials } from '#adapters/engines/upstream/credentials.ts';
import type { UpstreamPrice } from '#adapters/engines/upstream/upstream-price.ts';
import { RESOLUTIONS, type Resolution } from '#domain/media/frame-size.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { ConfigurationValue } from './configuration-value.ts';

export const HOSTED_KINDS = ['ark', 'fal', 'wavespeed', 'replicate'] as const;
export type HostedKind = (typeof HOSTED_KINDS)[number];

/** The engine that every installation has. */
export const EMBEDDED = 'embedded';

export interface HostedEngineSettings {
  readonly name: string;
  readonly kind: HostedKind;
  readonly model: string;
  /** Of Ark alone. */
  readonly deployment?: string;
  readonly credentials: Credentials;
  readonly baseUrl?: string;
  readonly price?: UpstreamPrice;
  /** Jobs that it may have in hand. */
  readonly mostJobs: number;
}

const DEFAULT_CONCURRENCY = 4;
const MOST_CONCURRENCY = 256;

const MEMBERS = [
  'kind',
  'model',
  'credential',
  'credentials',
  'baseUrl',
  'deployment',
  'price',
  'concurrency',
];

/** @throws AnimaticError `bad_setting`. */
export function readEngines(
  engines: ConfigurationValue,
  environment: NodeJS.ProcessEnv,
): readonly HostedEngineSettings[] {
  return [...engines.members()].flatMap(([name, value]) => readEngine(name, value, environment) ?? []);
}

/** Undefined for the embedded engine, which may be listed but needs no settings. */
function readEngine(
  name: string,
  value: ConfigurationValue,
  environment: NodeJS.ProcessEnv,
): HostedEngineSettings | undefined {
  const members = value.members(MEMBERS);
  const kind = required(value, members, 'kind').oneOf([EMBEDDED, ...HOSTED_KINDS]);
  if (kind === EMBEDDED) {
    if (name === EMBEDDED && members.size === 1) return undefined;
    throw value.bad(
      `cannot be: there is one engine of kind "${EMBEDDED}", which is called "${EMBEDDED}" and has no other settings here (ANIMATIC_WORKERS says how many clips it makes at once)`,
    );
  }
  if (name === EMBEDDED)
    throw value.bad(`must have another name: "${EMBEDDED}" is the engine that is always there`);
  const deployment = members.get('deployment');
  if (deployment !== undefined && kind !== 'ark')
    throw deployment.bad('is known by engines of kind "ark" alone; remove it');
  const price = members.get('price');
  const baseUrl = members.get('baseUrl');
  return {
    name,
    kind,
    model: required(value, members, 'model').text(),
    credentials: readCredentials(value, members, environment),
    ...(deployment === undefined ? {} : { deployment: deployment.text() }),
    ...(baseUrl === undefined ? {} : { baseUrl: baseUrl.address() }),
    ...(price === undefined ? {} : { price: readPrice(price) }),
    mostJobs: members.get('concurrency')?.wholeNumber(1, MOST_CONCURRENCY) ?? DEFAULT_CONCURRENCY,
  };
}

type Members = ReadonlyMap<string, ConfigurationValue>;

function required(value: ConfigurationValue, members: Members, name: string): ConfigurationValue {
  const member = members.get(name);
  if (member === undefined) throw value.bad(`needs "${name}"`);
  return member;
}

/** The first is used for new jobs; the others only for jobs that they started. */
function readCredentials(
  value: ConfigurationValue,
  members: Members,
  environment: NodeJS.ProcessEnv,
): Credentials {
  const [one, several] = [members.get('credential'), members.get('credentials')];
  if ((one === undefined) === (several === undefined)) {
    throw value.bad(
      'needs "credential", the name of the environment variable that holds its key (or "credentials", a list of such names, the newest key first)',
    );
  }
  const [first, ...older] = one === undefined ? several!.items() : [one];
  const read = (variable: ConfigurationValue) => readCredential(variable, environment);
  return [read(first), ...older.map(read)];
}

function readCredential(value: ConfigurationValue, environment: NodeJS.ProcessEnv): Credential {
  const name = value.text();
  // A key that was put here by mistake must not come back in the message.
  if (!/^[A-Z][A-Z0-9_]*$/.test(name))
    throw value.bad('must be the name of an environment variable, such as "FAL_KEY", and not a key itself');
  const apiKey = environment[name];
  if (apiKey === undefined || apiKey === '')
    throw value.bad(`names the environment variable ${name}, which is not set; set it to the key`);
  return { name, apiKey };
}

/** `{"perMillionTokens": "14"}` or `{"perSecond": {"720p": {"withAudio": "0.2", "silent": "0.1"}}}`. */
function readPrice(price: ConfigurationValue): UpstreamPrice {
  const members = price.members(['perMillionTokens', 'perSecond']);
  const [[kind, value] = [], another] = [...members];
  if (kind === undefined || value === undefined || another !== undefined)
    throw price.bad('must have either "perMillionTokens" or "perSecond"');
  if (kind === 'perMillionTokens') return { kind, ...readSoundPrices(value) };
  const rates = [...value.members(RESOLUTIONS)].map(([resolution, rate]) => [
    resolution,
    readSoundPrices(rate),
  ]);
  return { kind: 'perSecond', rates: Object.fromEntries(rates) as Partial<Record<Resolution, SoundPrices>> };
}

interface SoundPrices {
  readonly withAudio: MicroDollars;
  readonly silent: MicroDollars;
}

/** One amount for both, or one each. */
function readSoundPrices(value: ConfigurationValue): SoundPrices {
  if (!value.isObject) return { withAudio: value.dollars(), silent: value.dollars() };
  const members = value.members(['withAudio', 'silent']);
  return {
    withAudio: required(value, members, 'withAudio').dollars(),
    silent: required(value, members, 'silent').dollars(),
  };
}
