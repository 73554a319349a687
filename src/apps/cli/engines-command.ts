import type { Command } from 'commander';
import { AnimaticError } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';
import { addServerOption, type ServerOption, withServer } from './with-server.ts';

export function addEnginesCommand(program: Command): void {
  const engines = addServerOption(
    program
      .command('engines')
      .description('what makes the clips: health, limits and spend; and jobs that nobody can find'),
  ).action(listEngines);
  addServerOption(
    engines.command('parked').description('list tasks of which nobody knows whether their job was started'),
  ).action(listParked);
  addServerOption(
    engines
      .command('resolve')
      .description('say what became of the job of a parked task, after looking at the engine'),
  )
    .argument('<task>', 'id of the task, as "engines parked" shows it')
    .option('--found <job>', 'it was started: its id at the service, or its handle as JSON; it is taken up')
    .option('--absent', 'it was never started: the task queues again, and may be paid for again')
    .option('--give-up', 'nobody can find out: the task fails, and what it held is free again')
    .action(resolve);
}

async function listEngines(options: ServerOption): Promise<void> {
  const [{ engines }, { parked }] = await withServer(
    options,
    (client) => Promise.all([client.get('/admin/engines'), client.get('/admin/queue')]),
    { work: false },
  );
  for (const engine of engines as readonly JsonObject[]) process.stdout.write(describeEngine(engine));
  if (parked !== 0)
    process.stdout.write(`${parked} tasks wait for a person: see "animatic engines parked".\n`);
}

function describeEngine(engine: JsonObject): string {
  const health = engine.health as JsonObject;
  const breaker = engine.breaker as JsonObject;
  const margin = engine.margin as JsonObject;
  const endpoints = engine.endpoints as readonly JsonObject[];
  const waiting = health.queued === undefined ? '' : `, ${health.queued} jobs wait there`;
  const most = engine.mostJobs === undefined ? '' : `, at most ${engine.mostJobs} tasks at once`;
  const unknown =
    margin.completedOfUnknownCost === 0 ? '' : ` (nothing is known of ${margin.completedOfUnknownCost})`;
  return [
    `${engine.name}  ${health.state}: ${health.message}${waiting}`,
    `  ${BREAKER_WORDS[String(breaker.state)]}${reopening(breaker)}${most}; behind ${endpoints.length} endpoints`,
    `  last 30 days: ${margin.submitted} tasks, ${margin.completed} completed, charged ${margin.charged} USD, cost ${margin.cost} USD${unknown}`,
    '',
  ].join('\n');
}

const BREAKER_WORDS: Readonly<Record<string, string>> = {
  closed: 'is asked',
  open: 'is left alone after failures',
  trying: 'is tried again with the next task',
};

const reopening = ({ reopensInMs }: JsonObject): string =>
  typeof reopensInMs === 'number' ? ` for ${Math.ceil(reopensInMs / 1000)} s` : '';

interface ResolveOptions extends ServerOption {
  readonly found?: string;
  readonly absent?: true;
  readonly giveUp?: true;
}

async function listParked(options: ServerOption): Promise<void> {
  const answer = await withServer(options, (client) => client.get('/admin/parked'), { work: false });
  const tasks = answer.tasks as readonly JsonObject[];
  if (tasks.length === 0) process.stdout.write('No task is parked.\n');
  for (const task of tasks) process.stdout.write(describeParked(task));
}

function describeParked(task: JsonObject): string {
  const sent = task.sentAt === undefined ? '' : `, sent ${task.sentAt} as ${task.correlationId}`;
  const cancel = task.cancelRequested === true ? ', cancel asked for' : '';
  return `${task.id}  ${task.engine}${sent}, holds ${task.held} USD${cancel}  ${task.protocol} ${task.endpoint}\n`;
}

async function resolve(taskId: string, options: ResolveOptions): Promise<void> {
  const body = verdictOf(options);
  const path = `/admin/parked/${encodeURIComponent(taskId)}/resolve`;
  const task = await withServer(options, (client) => client.post(path, body), { work: false });
  const line = (task.log as readonly JsonObject[]).at(-1);
  process.stdout.write(`Task ${taskId} is ${task.state}. ${line?.message ?? ''}\n`);
}

/** @throws AnimaticError `invalid_parameter` unless there is exactly one. */
function verdictOf({ found, absent, giveUp }: ResolveOptions): JsonObject {
  const verdicts: JsonObject[] = [
    ...(found === undefined ? [] : [{ verdict: 'found', job: found }]),
    ...(absent === undefined ? [] : [{ verdict: 'absent' }]),
    ...(giveUp === undefined ? [] : [{ verdict: 'givenUp' }]),
  ];
  const [verdict] = verdicts;
  if (verdict !== undefined && verdicts.length === 1) return verdict;
  throw new AnimaticError('invalid_parameter', 'Give one of --found <job>, --absent and --give-up.');
}
