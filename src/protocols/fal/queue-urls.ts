import type { TaskId } from '#domain/ids.ts';

/** Where a request is followed. */
export interface QueueUrls {
  readonly response_url: string;
  readonly status_url: string;
  readonly cancel_url: string;
}

/**
 * The URLs that fal's clients would build themselves: the queue's address, owner and alias of the endpoint as it was called, and
 * the id. Python's client follows the ones it is given and compares them with its own.
 * @param app `owner/alias`.
 */
export function queueUrls(origin: string, app: string, id: TaskId): QueueUrls {
  const url = `${origin}/fal/queue/${app}/requests/${id}`;
  return { response_url: url, status_url: `${url}/status`, cancel_url: `${url}/cancel` };
}
