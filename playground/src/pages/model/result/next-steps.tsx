/** What one does with a clip: once more, another one, on from its end, into a program, away. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { paths } from '../../../app/routes.ts';
import { curlOf } from '../../../code/curl.ts';
import { captureLastFrame } from '../../../player/capture-frame.ts';
import { texts } from '../../../texts/en.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Notice } from '../../../ui/notice.tsx';
import type { Model } from '../../../wire/catalogue.ts';
import { deleteRun, type Run } from '../../../wire/run.ts';
import type { RunActions } from '../use-run-actions.ts';

const words = texts.model.result;

interface NextStepsProps {
  readonly model: Model;
  readonly run: Run;
  /** The completed run before it, to compare with. */
  readonly before: Run | undefined;
  readonly actions: RunActions;
  readonly onDeleted: () => void;
}

export function NextSteps(props: NextStepsProps) {
  const { model, run, before, actions, onDeleted } = props;
  const { output } = run;
  const chain = useMutation({
    mutationFn: () => captureLastFrame(output!.urlPath, `last-frame-${run.id.slice(0, 8)}.png`),
    onSuccess: actions.chain,
  });
  return (
    <div className="flex flex-wrap gap-2">
      {output !== undefined && (
        <a
          href={output.urlPath}
          download={`animatic-${run.id.slice(0, 8)}.mp4`}
          className={buttonClass('line')}
        >
          <Icon name="download" />
          {words.download}
        </a>
      )}
      <Button icon="repeat" onClick={actions.again}>
        {words.again}
      </Button>
      {actions.newSeed !== undefined && (
        <Button icon="dice" onClick={actions.newSeed}>
          {words.newSeed}
        </Button>
      )}
      {output !== undefined && (
        <Button
          icon="chain"
          title={words.useLastHint}
          disabled={chain.isPending}
          onClick={() => chain.mutate()}
        >
          {words.useLast}
        </Button>
      )}
      <Button icon="edit" title={words.editHint} onClick={actions.edit}>
        {words.edit}
      </Button>
      <CopyButton icon="code" text={() => curlOf(model, run.input, { origin: location.origin })}>
        {words.code}
      </CopyButton>
      {output !== undefined && before !== undefined && (
        <Link href={paths.compare(before.id, run.id)} className={buttonClass('line')}>
          <Icon name="compare" />
          {words.compare}
        </Link>
      )}
      <DeleteButton run={run} onDeleted={onDeleted} />
      {chain.isError && <Notice kind="error">{chain.error.message}</Notice>}
    </div>
  );
}

function DeleteButton({ run, onDeleted }: { readonly run: Run; readonly onDeleted: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteRun(run.id),
    onSuccess: async () => {
      setAsking(false);
      onDeleted();
      await queries.invalidateQueries({ queryKey: ['account', 'runs'] });
    },
  });
  return (
    <>
      <Button icon="trash" onClick={() => setAsking(true)}>
        {words.delete}
      </Button>
      <Dialog title={words.deleteQuestion} isOpen={isAsking} onClose={() => setAsking(false)}>
        <div className="flex flex-col gap-4">
          <p>{words.deleteHint}</p>
          {remove.isError && <Notice kind="error">{remove.error.message}</Notice>}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{texts.shared.cancel}</Button>
            <Button icon="trash" disabled={remove.isPending} onClick={() => remove.mutate()}>
              {words.delete}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
