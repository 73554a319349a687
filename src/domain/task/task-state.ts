/**
 * The one state machine of a task. `created` waits in the queue, `processing` is owned by a worker; the other three are
 * final. `processing -> created` is a worker's death or a retry: the task queues again and keeps its hold.
 * `created -> failed` is a start deadline that passed.
 */
export const TASK_STATES = ['created', 'processing', 'completed', 'failed', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

const TRANSITIONS: Readonly<Record<TaskState, readonly TaskState[]>> = {
  created: ['processing', 'failed', 'cancelled'],
  processing: ['completed', 'failed', 'cancelled', 'created'],
  completed: [],
  failed: [],
  cancelled: [],
};

export const mayBecome = (from: TaskState, to: TaskState): boolean => TRANSITIONS[from].includes(to);

export const isFinal = (state: TaskState): boolean => TRANSITIONS[state].length === 0;
