/**
 * Reads the emulator's little language, `queue=5; fail=engine_failed`: names and values, apart by semicolons or blanks. What cannot be
 * read is answered with all that there is.
 */
import { AnimaticError, type ErrorCode, type InputPath } from '#domain/errors.ts';
import { FAILURE_NAMES, failureCodeOf } from './failure-names.ts';

/** What one request asks of the emulator. */
export interface Wishes {
  /** How long the task waits before it may start. */
  readonly queueSeconds?: number;
  /** How long a clip of five seconds takes to make: seconds, or what the operator calls real time. */
  readonly pace?: 'realtime' | number;
  /** How the request or its task fails. */
  readonly fail?: ErrorCode;
  /** With what the submit is refused ... */
  readonly status?: 429 | 503;
  /** ... and how often, until it is accepted. */
  readonly times?: number;
  /** How many attempts at the webhook get lost. */
  readonly webhookLoss?: number;
}

const LONGEST_WAIT_SECONDS = 3600;
const MOST_REFUSALS = 100;
const MOST_LOST_WEBHOOKS = 31;

interface Control {
  /** The values that are allowed, in words. */
  readonly allowed: string;
  /** Undefined for a value that is not allowed. */
  readonly read: (value: string) => Wishes | undefined;
}

const CONTROLS: Readonly<Record<string, Control>> = {
  queue: {
    allowed: `queue=<seconds up to ${LONGEST_WAIT_SECONDS}>`,
    read: (value) => withNumber(secondsIn(value), (queueSeconds) => ({ queueSeconds })),
  },
  pace: {
    allowed: `pace=realtime or pace=<seconds that a clip of five seconds takes, up to ${LONGEST_WAIT_SECONDS}>`,
    read: (value) =>
      value === 'realtime' ? { pace: value } : withNumber(secondsIn(value), (pace) => ({ pace })),
  },
  fail: {
    allowed: `fail=<one of ${FAILURE_NAMES.join(', ')}>`,
    read: (value) => {
      const fail = failureCodeOf(value);
      return fail === undefined ? undefined : { fail };
    },
  },
  status: {
    allowed: 'status=429 or status=503',
    read: (value) => (value === '429' ? { status: 429 } : value === '503' ? { status: 503 } : undefined),
  },
  times: {
    allowed: `times=<1 to ${MOST_REFUSALS}> beside status`,
    read: (value) => withNumber(countIn(value, MOST_REFUSALS), (times) => ({ times })),
  },
  'webhook-loss': {
    allowed: `webhook-loss=<1 to ${MOST_LOST_WEBHOOKS}>`,
    read: (value) => withNumber(countIn(value, MOST_LOST_WEBHOOKS), (webhookLoss) => ({ webhookLoss })),
  },
};

/** Every control with its values, for messages. */
export const ALLOWED_CONTROLS: string = Object.values(CONTROLS)
  .map(({ allowed }) => allowed)
  .join('; ');

/**
 * @param path The input that holds the text, if one does.
 * @throws AnimaticError `invalid_parameter`, naming what is allowed.
 */
export function parseWishes(text: string, path?: InputPath): Wishes {
  const options = path === undefined ? {} : { path };
  const refuse = (fault: string): AnimaticError =>
    new AnimaticError('invalid_parameter', `${fault} The emulator's controls: ${ALLOWED_CONTROLS}.`, options);
  const named = new Set<string>();
  let wishes: Wishes = {};
  for (const part of text.split(/[;\s]+/).filter((each) => each !== '')) {
    const [name = '', value = ''] = part.toLowerCase().split('=', 2);
    const control = Object.hasOwn(CONTROLS, name) ? CONTROLS[name] : undefined;
    if (control === undefined) throw refuse(`"${part}" is no control of the emulator.`);
    if (named.has(name)) throw refuse(`"${name}" is asked for twice.`);
    named.add(name);
    const read = control.read(value);
    if (read === undefined) throw refuse(`"${part}" is not allowed; say ${control.allowed}.`);
    wishes = { ...wishes, ...read };
  }
  if (wishes.times !== undefined && wishes.status === undefined)
    throw refuse('"times" says how often a submit is refused, and needs "status" beside it.');
  return wishes;
}

/** Plain decimal numbers only: no exponents, signs or blanks. */
const secondsIn = (value: string): number | undefined =>
  /^\d{1,6}(\.\d{1,3})?$/.test(value) && Number(value) <= LONGEST_WAIT_SECONDS ? Number(value) : undefined;

const countIn = (value: string, most: number): number | undefined =>
  /^[1-9]\d{0,3}$/.test(value) && Number(value) <= most ? Number(value) : undefined;

const withNumber = (value: number | undefined, wish: (value: number) => Wishes): Wishes | undefined =>
  value === undefined ? undefined : wish(value);
