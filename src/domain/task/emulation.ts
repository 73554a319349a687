import type { StoredError } from '../errors.ts';

/**
 * What somebody who tests the handling of errors has asked to happen to a task, on a server whose operator allows it. Stored with the
 * task, so that it still holds after a restart.
 */
export interface Emulation {
  /** How long a clip of five seconds takes to make; others take as much longer or shorter as they are. */
  readonly paceSeconds?: number;
  /** How the task ends, in place of a clip. */
  readonly failure?: StoredError;
  /** How many attempts at its webhook get lost on their way. */
  readonly webhookLoss?: number;
}
