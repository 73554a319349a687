import { texts } from '../../../texts/en.ts';
import { Icon } from '../../../ui/icon.tsx';
import { type FollowedRun, isEnded } from '../../../wire/run.ts';

/** What the engine says while it works and about what it understood; open while there is something going on. */
export const RunLog = ({ run }: { readonly run: FollowedRun }) => (
  <details open={!isEnded(run) || run.state === 'failed'} className="group/log">
    <summary className="slate inline-flex list-none items-center gap-1 hover:text-ink [&::-webkit-details-marker]:hidden">
      <span className="transition-transform group-open/log:rotate-90">
        <Icon name="right" size={12} />
      </span>
      {texts.model.result.log} ({run.log.length})
    </summary>
    <div role="log">
      <ol className="number flex flex-col gap-0.5 pt-2 text-xs">
        {run.log.map(({ number, at, level, message }) => (
          <li key={number} className="grid grid-cols-[auto_1fr] gap-3">
            <time dateTime={at} className="text-soft">
              {at.slice(11, 19)}
            </time>
            <span className="min-w-0 break-words">
              {(level === 'warn' || level === 'error') && <strong>{level}: </strong>}
              {message}
            </span>
          </li>
        ))}
      </ol>
    </div>
  </details>
);
