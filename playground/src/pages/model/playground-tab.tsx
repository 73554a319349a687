/** Storyboard and result side by side; on a phone the result comes first and Run stays at the bottom. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/routes.ts';
import type { Storyboard } from '../../form/use-storyboard.ts';
import { isEnded } from '../../wire/run.ts';
import { useAccount } from '../../wire/session.ts';
import { KeyboardHelp } from './keyboard-help.tsx';
import { ResultColumn } from './result/result-column.tsx';
import { focusField, nextStep, RunBar } from './run-bar.tsx';
import { StoryboardPanel } from './storyboard/storyboard-panel.tsx';
import { type OpenRun, useCompletedBefore } from './use-open-run.ts';
import { usePageFiles } from './use-page-files.ts';
import { usePageKeys } from './use-page-keys.ts';
import { useRunActions } from './use-run-actions.ts';
import { useStartRun } from './use-start-run.ts';

interface PlaygroundTabProps {
  readonly storyboard: Storyboard;
  readonly openRun: OpenRun;
}

export function PlaygroundTab({ storyboard, openRun }: PlaygroundTabProps) {
  const [isJsonBroken, setJsonBroken] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const starting = useStartRun(storyboard, openRun.open);
  const actions = useRunActions(storyboard, openRun, starting);
  const before = useCompletedBefore(storyboard.model, openRun.run);
  const account = useAccount();
  const [, navigate] = useLocation();
  const { run } = openRun;
  const start = () => {
    const step = nextStep(storyboard, { isJsonBroken, isStarting: starting.isStarting, isShort: false });
    if (step.field !== undefined) focusField(step.field);
    else if (step.isBlocked !== true && account != null) void starting.start(storyboard.input);
  };
  usePageFiles(storyboard.give);
  usePageKeys({
    run: start,
    newSeed: run === undefined ? undefined : actions.newSeed,
    compare: before === undefined ? undefined : () => navigate(paths.compare(before.id, openRun.id)),
    help: () => setHelpOpen(true),
  });
  return (
    // On a phone the log grows above the storyboard; the player, not what lies below, is to keep its place.
    <div className="grid gap-x-10 gap-y-8 pb-28 [overflow-anchor:none] lg:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)] lg:pb-0">
      <div className="order-2 flex min-w-0 flex-col gap-5 lg:order-1">
        <StoryboardPanel
          {...{ storyboard, isJsonBroken, setJsonBroken }}
          progress={run !== undefined && !isEnded(run) ? run.progress : undefined}
          onHelp={() => setHelpOpen(true)}
        />
        <div className="fixed inset-x-0 bottom-0 z-10 border-t border-hairline bg-paper px-4 py-3 lg:static lg:p-0 lg:pt-4">
          <RunBar
            {...{ storyboard, isJsonBroken }}
            isStarting={starting.isStarting}
            refusal={starting.refusal}
            onRun={start}
          />
        </div>
      </div>
      <ResultColumn {...{ model: storyboard.model, openRun, actions, before }} freshId={starting.freshId} />
      <KeyboardHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}
