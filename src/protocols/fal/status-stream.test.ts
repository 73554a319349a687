import assert from 'node:assert/strict';
import { it } from 'node:test';
import { addMs, instant } from '#domain/instant.ts';
import type { Task } from '#domain/task/task.ts';
import type { TaskState } from '#domain/task/task-state.ts';
import type { NumberedLogLine } from '#ports/task-store.ts';
import { statusEvents } from './status-stream.ts';

const START = instant(0);
const urls = { response_url: 'r', status_url: 's', cancel_url: 'c' };

/** What the store says at each reading, and how much time has gone by then. */
interface Reading {
  readonly state: TaskState;
  readonly queuePosition?: number;
  readonly lines?: readonly string[];
  readonly atMs?: number;
}

/** The stream over a store that answers `readings` one after another. */
async function streamOf(readings: readonly Reading[], withLogs: boolean): Promise<string[]> {
  let index = -1;
  const reading = () => readings[index]!;
  const task = (state: TaskState) => ({ id: 'x', state }) as unknown as Task;
  const deps = {
    clock: { now: () => addMs(START, readings[Math.max(index, 0)]!.atMs ?? 0), sleep: async () => {} },
    signals: {
      announceWork: () => {},
      announceTask: () => {},
      announceWebhook: () => {},
      waitForWork: async () => {},
      waitForTask: async () => {},
      waitForWebhook: async () => {},
    },
    tasks: {
      find: async () => {
        index += 1;
        return task(reading().state);
      },
      queuePosition: async () => reading().queuePosition,
      readLog: async (_id: string, after: number): Promise<NumberedLogLine[]> =>
        (reading().lines ?? [])
          .map((message, place) => ({ number: place + 1, at: START, level: 'info' as const, message }))
          .slice(after),
      submit: async (submitted: Task) => submitted,
      findRepeated: async () => undefined,
      list: async () => [],
      search: async () => ({ tasks: [], total: 0 }),
      browse: async () => [],
      usage: async () => [],
      usageBy: async () => [],
      margins: async () => [],
      markDeleted: async () => [],
      deleteEnded: async () => 0,
      withFilesLeft: async () => [],
      noteFilesRemoved: async () => {},
      requestCancel: async () => undefined,
    },
  };
  const events: string[] = [];
  const request = { id: task('created').id, urls, withLogs, signal: new AbortController().signal };
  for await (const event of statusEvents(deps, request)) events.push(event);
  return events;
}

const parse = (event: string) => JSON.parse(event.slice('data: '.length));

it('tells a change once, and each log line in one event only', async () => {
  const events = await streamOf(
    [
      { state: 'created', queuePosition: 1 },
      { state: 'created', queuePosition: 1 },
      { state: 'created', queuePosition: 0 },
      { state: 'processing', lines: ['a'] },
      { state: 'processing', lines: ['a'] },
      { state: 'processing', lines: ['a', 'b', 'c'] },
      { state: 'completed', lines: ['a', 'b', 'c', 'd'] },
    ],
    true,
  );
  const told = events
    .map(parse)
    .map(({ status, queue_position, logs }) => [
      status,
      queue_position ?? logs.map((line: { message: string }) => line.message).join(''),
    ]);
  assert.deepEqual(told, [
    ['IN_QUEUE', 1],
    ['IN_QUEUE', 0],
    ['IN_PROGRESS', 'a'],
    ['IN_PROGRESS', 'bc'],
    ['COMPLETED', 'd'],
  ]);
});

it('leaves logs out when they are not asked for', async () => {
  const events = await streamOf([{ state: 'processing', lines: ['a'] }, { state: 'failed' }], false);
  assert.deepEqual(
    events.map(parse).map(({ status, logs }) => [status, logs]),
    [
      ['IN_PROGRESS', null],
      ['COMPLETED', null],
    ],
  );
});

it('breaks a silence of fifteen seconds with a comment', async () => {
  const events = await streamOf(
    [
      { state: 'processing' },
      { state: 'processing', atMs: 14_999 },
      { state: 'processing', atMs: 15_000 },
      { state: 'processing', atMs: 16_000 },
      { state: 'completed', atMs: 17_000 },
    ],
    false,
  );
  assert.deepEqual(
    events.map((event) => (event.startsWith(':') ? event : parse(event).status)),
    ['IN_PROGRESS', ': waiting\n\n', 'COMPLETED'],
  );
});

it('writes ASCII alone', async () => {
  const [event] = await streamOf([{ state: 'completed', lines: ['naïve ✓ 🎬'] }], true);
  assert.match(event!, /^[\x20-\x7e]+\n\n$/);
  assert.equal(parse(event!).logs[0].message, 'naïve ✓ 🎬');
});
