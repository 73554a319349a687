/** What is looked for: words, model, state, time; and the key or end user that a number elsewhere has led here from. */
import { useEffect, useState } from 'react';
import { texts } from '../../texts/en.ts';
import { Choice } from '../../ui/choice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { localDay } from '../../ui/when.tsx';
import { useCatalogue } from '../../wire/catalogue.ts';
import { useKeys } from '../../wire/keys.ts';
import type { RunFilter } from '../../wire/run-list.ts';

const words = texts.runs.filters;

/** How the states of the address are called here. */
const STATES = {
  all: '',
  open: 'created,processing',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
} as const;

interface FilterBarProps {
  readonly filter: RunFilter;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
}

export const FilterBar = ({ filter, onChange }: FilterBarProps) => (
  <search aria-label={words.label} className="flex flex-wrap items-center gap-x-3 gap-y-2">
    <TextFilter text={filter.text ?? ''} onChange={(text) => onChange({ text })} />
    <ModelFilter model={filter.model ?? ''} onChange={(model) => onChange({ model })} />
    <div className="flex">
      <Choice
        label={words.state}
        options={Object.entries(words.states).map(([value, label]) => ({ value, label }))}
        value={Object.entries(STATES).find(([, state]) => state === (filter.state ?? ''))?.[0] ?? ''}
        onChange={(name) => onChange({ state: STATES[name as keyof typeof STATES] })}
      />
    </div>
    <DayFilter label={words.from} moment={filter.from} onChange={(from) => onChange({ from })} />
    <DayFilter label={words.until} moment={filter.until} onChange={(until) => onChange({ until })} />
    <Arrivals filter={filter} onChange={onChange} />
  </search>
);

const PAUSE_MS = 250;

/** Looks when the writer pauses, not at every letter. */
function TextFilter({
  text,
  onChange,
}: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const [draft, setDraft] = useState(text);
  useEffect(() => setDraft(text), [text]);
  useEffect(() => {
    if (draft.trim() === text) return;
    const timer = setTimeout(() => onChange(draft.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <input
      type="search"
      aria-label={words.text}
      placeholder={words.textHint}
      className="field !w-56 max-sm:!w-full"
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
    />
  );
}

function ModelFilter({
  model,
  onChange,
}: {
  readonly model: string;
  readonly onChange: (model: string) => void;
}) {
  const { data } = useCatalogue();
  return (
    <select
      aria-label={words.model}
      className="field !w-64 max-sm:!w-full"
      value={model}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{words.anyModel}</option>
      {(['wavespeed', 'fal'] as const).map((protocol) => (
        <optgroup key={protocol} label={texts.protocols[protocol]}>
          {data?.models
            .filter((each) => each.protocol === protocol)
            .map(({ id, title }) => (
              <option key={id} value={`${protocol}/${id}`}>
                {title}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

interface DayFilterProps {
  readonly label: string;
  /** A day, or a moment that somebody's link has named. */
  readonly moment: string | undefined;
  readonly onChange: (day: string) => void;
}

const DayFilter = ({ label, moment = '', onChange }: DayFilterProps) => (
  <label className="flex items-center gap-2 text-sm text-soft">
    {label}
    <input
      type="date"
      className="field number !w-40 text-sm text-ink"
      value={moment.includes('T') ? localDay(moment) : moment}
      onChange={(event) => onChange(event.target.value)}
    />
  </label>
);

/** Filters that only links set: shown so that they can be taken away. */
function Arrivals({ filter: { apiKeyId, endUserId }, onChange }: FilterBarProps) {
  const keys = useKeys();
  const keyName = keys.data?.keys.find(({ id }) => id === apiKeyId)?.name ?? apiKeyId;
  return (
    <>
      {apiKeyId !== undefined && (
        <RemoveFilter what={words.apiKey(keyName!)} onRemove={() => onChange({ apiKeyId: '' })} />
      )}
      {endUserId !== undefined && (
        <RemoveFilter what={words.endUser(endUserId)} onRemove={() => onChange({ endUserId: '' })} />
      )}
    </>
  );
}

const RemoveFilter = ({ what, onRemove }: { readonly what: string; readonly onRemove: () => void }) => (
  <button
    type="button"
    aria-label={words.remove(what)}
    className="number inline-flex min-h-8 items-center gap-2 rounded border border-edge px-3 text-sm hover:bg-well"
    onClick={onRemove}
  >
    {what}
    <Icon name="cross" size={12} />
  </button>
);
