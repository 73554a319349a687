/** What can be done with the selected runs; it stays at the bottom of the window. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/routes.ts';
import { texts } from '../../texts/en.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { deleteRun, type Run } from '../../wire/run.ts';

const words = texts.runs;

interface SelectionBarProps {
  /** In the order of their selection. */
  readonly selected: readonly Run[];
  readonly onClear: () => void;
}

export function SelectionBar({ selected, onClear }: SelectionBarProps) {
  const [, go] = useLocation();
  const [isRemoving, setRemoving] = useState(false);
  const [left, right] = selected;
  const isPair = selected.length === 2 && selected.every(({ output }) => output !== undefined);
  return (
    <section
      aria-label={words.selection}
      className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-2 border-t border-edge bg-paper px-4 py-3 sm:-mx-6 sm:px-6 lg:-mx-8 lg:px-8"
    >
      <p role="status" className="number mr-auto text-sm">
        {words.selected(selected.length)}
      </p>
      {!isPair && <p className="text-sm text-soft max-sm:w-full">{words.compareHint}</p>}
      <Button look="plain" onClick={onClear}>
        {words.clearSelection}
      </Button>
      <Button icon="trash" onClick={() => setRemoving(true)}>
        {words.remove}
      </Button>
      <Button
        look="primary"
        icon="compare"
        disabled={!isPair}
        onClick={() => go(paths.compare(left?.id, right?.id))}
      >
        {words.compare}
      </Button>
      <Dialog
        title={words.removeTitle(selected.length)}
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
      >
        <RemoveRuns
          runs={selected}
          onDone={() => {
            setRemoving(false);
            onClear();
          }}
        />
      </Dialog>
    </section>
  );
}

function RemoveRuns({ runs, onDone }: { readonly runs: readonly Run[]; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      for (const { id } of runs) await deleteRun(id);
      onDone();
    } catch (error) {
      setFailure((error as Error).message);
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ queryKey: ['account', 'runs'] });
    }
  };
  return (
    <div className="flex flex-col items-start gap-4">
      <p>{words.removeText}</p>
      {failure !== undefined && (
        <Notice kind="error" title={words.removeFailed}>
          {failure}
        </Notice>
      )}
      <Button icon="trash" disabled={isBusy} onClick={() => void remove()}>
        {words.remove}
      </Button>
    </div>
  );
}
