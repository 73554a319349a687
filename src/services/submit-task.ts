/**
 * Accepts a request: reads, prices and holds it, and puts it into the queue. When the promise resolves the task is durable;
 * when it rejects nothing was charged and nothing is kept.
 */
import type { Endpoint } from '#catalogue/endpoint.ts';
import { findEndpoint } from '#catalogue/index.ts';
import { quote } from '#catalogue/price.ts';
import { readInput } from '#catalogue/read-input.ts';
import type { EndpointKey } from '#domain/endpoint-key.ts';
import type { FileWish } from '#domain/file/file-rule.ts';
import { taskId } from '#domain/ids.ts';
import { addMs } from '#domain/instant.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Emulation } from '#domain/task/emulation.ts';
import type { Submission, Task, TaskPriority } from '#domain/task/task.ts';
import type { Ports } from '#ports/ports.ts';
import type { SubmitRules } from '#ports/task-store.ts';
import type { Principal } from './api-keys.ts';
import { type AskCost, chooseEngines, type WantedClip } from './choose-engines.ts';
import { atPath } from './error-path.ts';
import { type JobSource, jobFor, NO_FILES } from './prepare-job.ts';
import { randomFrom } from './random-from.ts';
import { recogniseSubmit } from './recognise-submit.ts';
import { forgetFiles, type PlacedFile, takeInFiles, withUrls } from './take-in-files.ts';

type SubmitPorts = Pick<
  Ports,
  'assets' | 'clock' | 'engines' | 'fileRules' | 'ids' | 'signals' | 'stills' | 'tasks' | 'webhookSender'
>;

/** The caller's wishes about its place in the queue. */
export interface Queueing {
  /** `normal` when omitted. */
  readonly priority?: TaskPriority;
  /** The task fails with `start_timeout`, free of charge, when no worker has taken it after this time. */
  readonly startWithinMs?: number;
  /** The task joins the queue only after this time. */
  readonly delayMs?: number;
  /** The task is refused with `queue_full` when more tasks wait for the endpoint already, whosoever they are. */
  readonly mostWaiting?: number;
}

export interface SubmitTask {
  readonly principal: Principal;
  readonly endpoint: EndpointKey;
  /** The model input as it came. */
  readonly body: JsonObject;
  /** Origins under which this server's files are known to clients; the first is used in stored URLs. */
  readonly ownOrigins: readonly [string, ...string[]];
  readonly queueing?: Queueing;
  readonly webhook?: RequestedWebhook;
  /** See `Task`; off when omitted. */
  readonly inlineOutput?: boolean;
  /** See `Task`; off when omitted. */
  readonly isTriedOnce?: boolean;
  readonly outputWish?: FileWish | undefined;
  /** See `Submission`. */
  readonly idempotencyKey?: string | undefined;
  readonly policy?: SubmitPolicy | undefined;
  readonly emulation?: Emulation;
}

/** What the operator asks of every submit; nothing when omitted. */
export interface SubmitPolicy {
  /** How many tasks an account may submit within a minute. */
  readonly mostPerMinute?: number;
  /** How long the same request of the same API key counts as one that was sent twice. */
  readonly duplicateWindowMs?: number;
}

/** Where the caller wants to be told of the end, and by which name it said so. */
export interface RequestedWebhook {
  readonly url: string;
  readonly parameter: string;
}

/**
 * A request that was sent before is answered with the task that it made then, and nothing is charged.
 * @throws AnimaticError `unknown_endpoint`, `insufficient_credit`, `queue_full`, `rate_limited`, `idempotency_key_reused`, `unsupported_by_engine`, `webhook_url_refused`,
 *   media codes; InputError.
 */
export async function submitTask(ports: SubmitPorts, command: SubmitTask): Promise<Task> {
  const endpoint = findEndpoint(command.endpoint);
  const { idempotencyKey, policy = {} } = command;
  const { duplicateWindowMs = 0 } = policy;
  const submission = await recogniseSubmit(
    {
      endpoint,
      body: command.body,
      webhookUrl: command.webhook?.url,
      emulation: command.emulation,
      outputWish: command.outputWish,
    },
    { idempotencyKey, duplicateWindowMs },
  );
  return (
    (submission && (await findEarlier(ports, command, submission))) ??
    acceptTask(ports, command, endpoint, submission)
  );
}

/** What was sent twice is not taken in twice. That nothing comes in between, the store sees to once more. */
async function findEarlier(
  ports: SubmitPorts,
  { principal, policy }: SubmitTask,
  submission: Submission,
): Promise<Task | undefined> {
  const { accountId, apiKeyId } = principal;
  const { duplicateWindowMs = 0 } = policy ?? {};
  return ports.tasks.findRepeated({
    accountId,
    apiKeyId,
    submission,
    at: ports.clock.now(),
    duplicateWindowMs,
  });
}

async function acceptTask(
  ports: SubmitPorts,
  command: SubmitTask,
  endpoint: Endpoint,
  submission: Submission | undefined,
): Promise<Task> {
  const read = readInput(endpoint, command.body);
  const { accountId, apiKeyId } = command.principal;
  const source: JobSource = {
    id: taskId(ports.ids.hex(16)),
    attempt: 0,
    endpoint: { protocol: endpoint.protocol, id: endpoint.id },
    request: { ...read.request, seed: read.request.seed ?? ports.ids.seed() },
    ...(command.emulation === undefined ? {} : { emulation: command.emulation }),
  };
  const wanted = { endpoint, request: read.request, inputPaths: read.inputPaths, accountId };
  const engine = await engineFor(ports, wanted, source);
  const { price } = quote(endpoint, read.request);
  const { webhook } = command;
  if (webhook !== undefined) await atPath([webhook.parameter], () => ports.webhookSender.check(webhook.url));
  const taken = await takeInFiles(ports, read.request, read.inputPaths, {
    ownOrigins: command.ownOrigins,
    reader: accountId,
  });
  const now = ports.clock.now();
  const { queueing = {} } = command;
  const task: Task = {
    ...source,
    accountId,
    apiKeyId,
    request: { ...taken.request, seed: source.request.seed },
    input: withUrls(read.input, taken.files, command.ownOrigins[0]),
    inputPaths: read.inputPaths,
    priority: queueing.priority ?? 'normal',
    ...(queueing.startWithinMs === undefined ? {} : { startBy: addMs(now, queueing.startWithinMs) }),
    ...(queueing.delayMs === undefined ? {} : { startAfter: addMs(now, queueing.delayMs) }),
    state: 'created',
    crashes: 0,
    progress: 0,
    held: price,
    engine,
    createdAt: now,
    ...(webhook === undefined ? {} : { webhook: { url: webhook.url, origin: command.ownOrigins[0] } }),
    ...(command.inlineOutput === true ? { inlineOutput: true } : {}),
    ...(command.isTriedOnce === true ? { isTriedOnce: true } : {}),
    ...(command.outputWish === undefined ? {} : { outputWish: command.outputWish }),
    ...(submission === undefined ? {} : { submission }),
  };
  return store(ports, task, { files: taken.files, rules: { ...queueing, ...command.policy } });
}

/** Name of the first engine that can make the clip, may, and has not been failing lately. @throws AnimaticError `unsupported_by_engine`. */
async function engineFor(ports: SubmitPorts, wanted: WantedClip, source: JobSource): Promise<string> {
  const askCost: AskCost = (engine) => engine.quote(jobFor(source, engine, NO_FILES));
  const chosen = await chooseEngines(ports, wanted, { askCost, random: randomFrom(ports.ids) });
  const shut = ports.engines.list().filter(({ breaker }) => breaker.state === 'open');
  const open = chosen.find(({ name }) => !shut.some(({ engine }) => engine.name === name));
  return (open ?? chosen[0]).name;
}

async function store(
  ports: SubmitPorts,
  task: Task,
  { files, rules }: { readonly files: readonly PlacedFile[]; readonly rules: SubmitRules },
): Promise<Task> {
  let stored: Task;
  try {
    stored = await ports.tasks.submit(task, rules);
  } catch (error) {
    await forgetFiles(ports, files);
    throw error;
  }
  if (stored.id === task.id) ports.signals.announceWork();
  else await forgetFiles(ports, files);
  return stored;
}
