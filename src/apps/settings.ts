/**
 * Everything an operator can set, read once at start from the environment and, below it, from `animatic.config.json`. A bad
 * value stops the start with a message that says what to set.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { ACCOUNT_LEVELS, type AccountLevel } from '#domain/account-level.ts';
import { AnimaticError } from '#domain/errors.ts';
import { type MicroDollars, usd, ZERO } from '#domain/money.ts';
import { readConfigurationFile } from './configuration-file.ts';

export const LOG_LEVEL_NAMES = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevelName = (typeof LOG_LEVEL_NAMES)[number];

export interface Settings {
  /** Absolute path of the file that may hold the settings below, engines and routes; there need be none. */
  readonly configurationPath: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Absolute path of database, files and keys. */
  readonly dataFolder: string;
  /** What clients see in front of the path; absent: taken from each request. */
  readonly publicUrl: string | undefined;
  /** Serves HTTPS with a certificate for development; one that is given is used in any case. */
  readonly tls: 'on' | 'off';
  /** The operator's own certificate (chain) and key, PEM files. */
  readonly tlsCertificatePath: string | undefined;
  readonly tlsKeyPath: string | undefined;
  /** Key of the first account, for containers and tests. */
  readonly bootstrapKey: string | undefined;
  readonly bootstrapCredit: MicroDollars;
  /** CIDRs that input and webhook URLs may reach besides public addresses. */
  readonly allowPrivateUrls: readonly string[];
  /** Clips made at the same time. */
  readonly workers: number;
  /** A folder with a depth network in ONNX form, or the network's file; absent: depth is estimated without one. */
  readonly depthModel: string | undefined;
  /** How much every account may do at once. */
  readonly accountLevel: AccountLevel | 'off';
  /** How long the same request of the same API key counts as one that was sent twice; 0 is off. */
  readonly duplicateWindowSeconds: number;
  /** For how many days ended tasks and their files, uploads, and told webhooks are kept; undefined is for ever. */
  readonly keepResultsDays: number | undefined;
  readonly keepUploadsDays: number | undefined;
  readonly keepWebhooksDays: number | undefined;
  /** Lets clients ask for failures and delays, to test what they do about them. */
  readonly emulatorControls: 'on' | 'off';
  /** What `pace=realtime` stands for: how long a clip of five seconds takes. */
  readonly emulatorRealtimeSeconds: number;
  readonly logLevel: LogLevelName;
}

type Reader<Value> = (text: string | undefined, variable: string) => Value;

/** Variable, name in the configuration file, and how its text is read. */
const SETTINGS: {
  readonly [Name in Exclude<keyof Settings, 'configurationPath'>]: {
    readonly variable: string;
    readonly read: Reader<Settings[Name]>;
  };
} = {
  host: { variable: 'ANIMATIC_HOST', read: (text) => text ?? '127.0.0.1' },
  port: {
    variable: 'ANIMATIC_PORT',
    read: wholeNumber({ minimum: 0, maximum: 65535, otherwise: () => 8787 }),
  },
  dataFolder: { variable: 'ANIMATIC_DATA', read: (text) => resolve(text ?? './data') },
  publicUrl: { variable: 'ANIMATIC_PUBLIC_URL', read: originOf },
  tls: { variable: 'ANIMATIC_TLS', read: oneOf(['on', 'off'], 'off') },
  tlsCertificatePath: { variable: 'ANIMATIC_TLS_CERT', read: optionalPath },
  tlsKeyPath: { variable: 'ANIMATIC_TLS_KEY', read: optionalPath },
  bootstrapKey: { variable: 'ANIMATIC_BOOTSTRAP_KEY', read: (text) => text },
  bootstrapCredit: { variable: 'ANIMATIC_BOOTSTRAP_CREDIT', read: dollars },
  allowPrivateUrls: {
    variable: 'ANIMATIC_ALLOW_PRIVATE_URLS',
    read: (text) =>
      (text ?? '')
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
  },
  workers: {
    variable: 'ANIMATIC_WORKERS',
    read: wholeNumber({
      minimum: 1,
      maximum: 256,
      otherwise: () => Math.max(1, Math.floor(availableParallelism() / 2)),
    }),
  },
  depthModel: { variable: 'ANIMATIC_DEPTH_MODEL', read: optionalPath },
  accountLevel: {
    variable: 'ANIMATIC_ACCOUNT_LEVEL',
    read: oneOf(['off', ...(Object.keys(ACCOUNT_LEVELS) as AccountLevel[])], 'off'),
  },
  duplicateWindowSeconds: {
    variable: 'ANIMATIC_DUPLICATE_WINDOW_SECONDS',
    read: wholeNumber({ minimum: 0, maximum: 86_400, otherwise: () => 0 }),
  },
  keepResultsDays: { variable: 'ANIMATIC_KEEP_RESULTS_DAYS', read: days },
  keepUploadsDays: { variable: 'ANIMATIC_KEEP_UPLOADS_DAYS', read: days },
  keepWebhooksDays: { variable: 'ANIMATIC_KEEP_WEBHOOKS_DAYS', read: days },
  emulatorControls: { variable: 'ANIMATIC_EMULATOR_CONTROLS', read: oneOf(['on', 'off'], 'off') },
  emulatorRealtimeSeconds: {
    variable: 'ANIMATIC_EMULATOR_REALTIME_SECONDS',
    read: wholeNumber({ minimum: 1, maximum: 3600, otherwise: () => 60 }),
  },
  logLevel: { variable: 'LOG_LEVEL', read: oneOf(LOG_LEVEL_NAMES, 'info') },
};

/** @throws AnimaticError `bad_setting`, naming the variable and what it may hold. */
export function readSettings(environment: NodeJS.ProcessEnv, folder = process.cwd()): Settings {
  const configurationPath = pathOfFile(environment, folder);
  const file = settingsOfFile(configurationPath);
  const entries = Object.entries(SETTINGS).map(([name, { variable, read }]) => {
    const text = environment[variable] ?? file[name];
    return [name, read(text === '' ? undefined : text, variable)];
  });
  return { configurationPath, ...Object.fromEntries(entries) } as Settings;
}

/** A file that was named must be there. */
function pathOfFile({ ANIMATIC_CONFIG: named }: NodeJS.ProcessEnv, folder: string): string {
  if (named === undefined || named === '') return resolve(folder, 'animatic.config.json');
  const path = resolve(folder, named);
  if (!existsSync(path)) throw bad(`ANIMATIC_CONFIG="${named}"`, 'names a file that is not there');
  return path;
}

/** Members of the configuration file that are no settings of this kind. @see engines/read-routing.ts */
const ROUTING_MEMBERS = ['engines', 'routes'];

function settingsOfFile(path: string): Readonly<Record<string, string>> {
  const content = readConfigurationFile(path);
  const entries = Object.entries(content).filter(([name]) => !ROUTING_MEMBERS.includes(name));
  const unknown = entries.find(([name]) => !(name in SETTINGS));
  if (unknown !== undefined) {
    const known = [...Object.keys(SETTINGS), ...ROUTING_MEMBERS];
    throw bad(`${path}: "${unknown[0]}"`, `is no setting; there are ${known.join(', ')}`);
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

const bad = (what: string, why: string): AnimaticError => new AnimaticError('bad_setting', `${what} ${why}.`);

function wholeNumber(range: { minimum: number; maximum: number; otherwise: () => number }): Reader<number> {
  return (text, variable) => {
    if (text === undefined) return range.otherwise();
    const value = Number(text);
    if (Number.isInteger(value) && value >= range.minimum && value <= range.maximum) return value;
    throw bad(`${variable}="${text}"`, `must be a whole number from ${range.minimum} to ${range.maximum}`);
  };
}

/** Without a value for ever. */
function days(text: string | undefined, variable: string): number | undefined {
  if (text === undefined) return undefined;
  return wholeNumber({ minimum: 1, maximum: 36_500, otherwise: () => 1 })(text, variable);
}

function oneOf<Name extends string>(names: readonly Name[], otherwise: Name): Reader<Name> {
  return (text, variable) => {
    if (text === undefined) return otherwise;
    const name = names.find((candidate) => candidate === text);
    if (name === undefined) throw bad(`${variable}="${text}"`, `must be one of ${names.join(', ')}`);
    return name;
  };
}

function optionalPath(text: string | undefined): string | undefined {
  return text === undefined ? undefined : resolve(text);
}

function dollars(text: string | undefined, variable: string): MicroDollars {
  try {
    const amount = usd(text ?? '100');
    if (amount >= ZERO) return amount;
  } catch {
    // Said below, with the variable.
  }
  throw bad(`${variable}="${text}"`, 'must be an amount in USD such as 100 or 12.50');
}

function originOf(text: string | undefined, variable: string): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '') {
    throw bad(
      `${variable}="${text}"`,
      'must be an http(s) address without a path, such as https://video.example.com',
    );
  }
  return url.origin;
}
