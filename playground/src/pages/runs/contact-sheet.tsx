import { useId } from 'react';
import { localDay } from '../../ui/when.tsx';
import type { Run } from '../../wire/run.ts';
import { ContactFrame } from './contact-frame.tsx';

interface ContactSheetProps {
  /** Newest first. */
  readonly runs: readonly Run[];
  readonly selectedIds: readonly string[];
  readonly onToggle: (run: Run) => void;
}

/** Frames in a flow, a strip for each day. */
export const ContactSheet = ({ runs, selectedIds, onToggle }: ContactSheetProps) => (
  <>
    {[...Map.groupBy(runs, ({ createdAt }) => localDay(createdAt))].map(([day, ofDay]) => (
      <DayStrip key={day} day={ofDay[0]!.createdAt} count={ofDay.length}>
        {ofDay.map((run) => (
          <ContactFrame
            key={run.id}
            run={run}
            isSelected={selectedIds.includes(run.id)}
            isSelecting={selectedIds.length > 0}
            onToggle={() => onToggle(run)}
          />
        ))}
      </DayStrip>
    ))}
  </>
);

const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

interface DayStripProps {
  /** A moment of the day. */
  readonly day: string;
  readonly count: number;
  readonly children: React.ReactNode;
}

function DayStrip({ day, count, children }: DayStripProps) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-3 border-t border-hairline pt-3">
      <h2 id={headingId} className="slate flex justify-between">
        {DAY_FORMAT.format(new Date(day))}
        <span aria-hidden="true">{count}</span>
      </h2>
      <ul className="flex flex-wrap gap-x-4 gap-y-5">{children}</ul>
    </section>
  );
}
