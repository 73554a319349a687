import { texts } from '../../../texts/en.ts';
import { StateMark } from '../../../ui/state-mark.tsx';
import type { Run } from '../../../wire/run.ts';

const words = texts.model.result;

interface RunStripProps {
  readonly runs: readonly Run[];
  readonly openId: string | undefined;
  readonly onOpen: (run: Run) => void;
}

/** The newest runs of this model side by side, the ones under way among them. */
export const RunStrip = ({ runs, openId, onOpen }: RunStripProps) =>
  runs.length === 0 ? null : (
    <section aria-label={words.runs}>
      <h2 className="slate pb-2">{words.runs}</h2>
      <ul className="quiet-scroll flex gap-2 overflow-x-auto p-0.5 pb-2">
        {runs.map((run) => (
          <li key={run.id}>
            <button
              type="button"
              aria-label={words.runLabel(texts.states[run.state], timeOf(run))}
              aria-current={run.id === openId}
              onClick={() => onOpen(run)}
              className="relative flex h-18 min-w-24 items-center justify-center overflow-hidden rounded-sm bg-stage transition-opacity outline-ink aria-[current=true]:outline-2 aria-[current=true]:outline-offset-1"
            >
              <Thumbnail run={run} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );

function Thumbnail({ run }: { readonly run: Run }) {
  if (run.output?.posterUrlPath !== undefined) {
    return <img src={run.output.posterUrlPath} alt="" className="h-full w-auto max-w-none" />;
  }
  return (
    <span className="flex flex-col items-center gap-1">
      <StateMark state={run.state} />
      {run.state === 'processing' && (
        <span className="number text-xs text-soft">{Math.round(100 * run.progress)} %</span>
      )}
    </span>
  );
}

const timeOf = ({ createdAt }: Run): string => new Date(createdAt).toLocaleTimeString();
