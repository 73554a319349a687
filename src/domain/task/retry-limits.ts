/** How often a task is tried. */

/** A task that kills its own engine is tried once more, then failed. */
export const MAX_CRASHES = 2;

/** Interruptions from outside are not the task's fault, but a bound keeps a poisoned one from circling for ever. */
export const MAX_ATTEMPTS = 20;
