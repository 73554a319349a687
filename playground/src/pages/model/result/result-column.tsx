import type { Model } from '../../../wire/catalogue.ts';
import type { Run } from '../../../wire/run.ts';
import { type OpenRun, useRunsOfModel } from '../use-open-run.ts';
import type { RunActions } from '../use-run-actions.ts';
import { NextSteps } from './next-steps.tsx';
import { ResultPanel } from './result-panel.tsx';
import { RunStrip } from './run-strip.tsx';

interface ResultColumnProps {
  readonly model: Model;
  readonly openRun: OpenRun;
  readonly actions: RunActions;
  /** The completed run before the open one, to compare with. */
  readonly before: Run | undefined;
  /** The run that was started from this page last. */
  readonly freshId: string | undefined;
}

/** The open run with what can be done about it, and the others of this model. */
export function ResultColumn({ model, openRun, actions, before, freshId }: ResultColumnProps) {
  const { id, run, open } = openRun;
  const runs = useRunsOfModel(model);
  return (
    <div className="order-1 flex min-w-0 flex-col gap-6 lg:sticky lg:top-4 lg:order-2 lg:self-start">
      <ResultPanel
        model={model}
        following={openRun}
        isFresh={id !== undefined && id === freshId}
        nextSteps={
          run !== undefined && (
            <NextSteps {...{ model, run, before, actions }} onDeleted={() => open(undefined)} />
          )
        }
      />
      <RunStrip runs={runs} openId={id} onOpen={(one) => open(one.id)} />
    </div>
  );
}
