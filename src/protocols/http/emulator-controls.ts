/**
 * The edge of the emulator: finds the wishes in a submit's header and prompt, refuses what is to be refused before anything is charged,
 * and hands on what is to happen to the task. Where a server has no `EmulatorControls`, header and prefix mean nothing.
 */
import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '#catalogue/endpoint.ts';
import { findEndpoint } from '#catalogue/index.ts';
import type { EndpointKey } from '#domain/endpoint-key.ts';
import { AnimaticError, ERROR_CODES } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import { FAILURE_MOMENTS } from '#services/emulation/failure-names.ts';
import { parseWishes } from '#services/emulation/parse-wishes.ts';
import { RefusalCount } from '#services/emulation/refusal-count.ts';
import { toEmulation } from '#services/emulation/to-emulation.ts';
import type { SubmitTask } from '#services/submit-task.ts';
import type { HttpDependencies } from './http-dependencies.ts';
import { principalOf } from './principal.ts';

export const EMULATE_HEADER = 'animatic-emulate';

/** `[emulate queue=5 fail=engine_failed] rest of the prompt`. */
const PROMPT_PREFIX = /^\s*\[emulate(?=[\s\]])([^\]]*)\]\s*/i;
const PREFIX_BEGINS = /^\s*\[emulate\s/i;

export class EmulatorControls {
  readonly #realtimeSeconds: number;
  readonly #refusals = new RefusalCount();

  /** @param options.realtimeSeconds What `pace=realtime` stands for: how long a clip of five seconds takes. */
  constructor(options: { readonly realtimeSeconds: number }) {
    this.#realtimeSeconds = options.realtimeSeconds;
  }

  /** @throws AnimaticError `invalid_parameter` for wishes that cannot be read; whatever failure of a submit was asked for. */
  async admit(
    request: FastifyRequest,
    key: EndpointKey,
    body: JsonObject,
  ): Promise<Pick<SubmitTask, 'body' | 'emulation' | 'queueing'>> {
    const endpoint = findEndpoint(key);
    const split = splitPrompt(endpoint, body);
    const inHeader = parseWishes(String(request.headers[EMULATE_HEADER] ?? ''));
    const wishes = { ...inHeader, ...parseWishes(split.wishes, [promptNameOf(endpoint)]) };
    const { status, times = 1, fail } = wishes;
    if (status !== undefined) {
      const { apiKeyId } = principalOf(request);
      const isRefused = await this.#refusals.isRefused({ apiKeyId, endpoint, body, times });
      if (isRefused) throw refusal(status);
    }
    if (fail !== undefined && FAILURE_MOMENTS[fail] === 'submit') {
      throw new AnimaticError(fail, `${ERROR_CODES[fail]} This was asked for with "fail=${fail}".`);
    }
    const emulation = toEmulation(wishes, {
      realtimeSeconds: this.#realtimeSeconds,
      promptName: promptNameOf(endpoint),
    });
    return {
      body: split.body,
      ...(emulation === undefined ? {} : { emulation }),
      ...(wishes.queueSeconds === undefined ? {} : { queueing: { delayMs: wishes.queueSeconds * 1000 } }),
    };
  }
}

/** The submit as the task is to see it. */
export async function admitSubmit(
  { emulatorControls }: Pick<HttpDependencies, 'emulatorControls'>,
  request: FastifyRequest,
  key: EndpointKey,
  body: JsonObject,
): Promise<Pick<SubmitTask, 'body' | 'emulation' | 'queueing'>> {
  return emulatorControls === undefined ? { body } : emulatorControls.admit(request, key, body);
}

const promptNameOf = ({ fields }: Endpoint): string => fields.find(({ role }) => role === 'prompt')!.name;

/** @throws AnimaticError `invalid_parameter` for a prefix that has no end. */
function splitPrompt(
  endpoint: Endpoint,
  body: JsonObject,
): { readonly body: JsonObject; readonly wishes: string } {
  const name = promptNameOf(endpoint);
  const prompt = body[name];
  if (typeof prompt !== 'string') return { body, wishes: '' };
  const [prefix, wishes] = PROMPT_PREFIX.exec(prompt) ?? [];
  if (prefix !== undefined && wishes !== undefined)
    return { body: { ...body, [name]: prompt.slice(prefix.length) }, wishes };
  if (!PREFIX_BEGINS.test(prompt)) return { body, wishes: '' };
  throw new AnimaticError(
    'invalid_parameter',
    `"${name}" begins with "[emulate", but no "]" ends the emulator's controls; write "[emulate queue=5] ...".`,
    { path: [name] },
  );
}

const RETRY_AFTER_SECONDS = 1;

const refusal = (status: 429 | 503): AnimaticError => {
  const code = status === 429 ? 'rate_limited' : 'unavailable';
  return new AnimaticError(code, `${ERROR_CODES[code]} This was asked for with "status=${status}".`, {
    details: { retryAfterSeconds: RETRY_AFTER_SECONDS },
  });
};
