import { texts } from '../../../texts/en.ts';
import type { PromptReading } from '../../../wire/prompt-reading.ts';

const words = texts.model.prompt;

/** What the engine will do about the prompt, and what it will not. */
export const PromptReadingChips = ({ reading }: { readonly reading: PromptReading }) => (
  <div aria-live="polite" className="flex flex-col gap-1.5">
    {reading.understood.length > 0 ? (
      <ul aria-label={words.understood} className="flex flex-wrap gap-1.5">
        {reading.understood.map(({ kind, label, text }) => (
          <li
            key={`${kind}${label}${text}`}
            title={text}
            className="number rounded-sm bg-well px-1.5 py-0.5 text-xs"
          >
            {!label.includes(kind) && <span className="text-soft">{texts.model.kinds[kind]} </span>}
            {label}
          </li>
        ))}
      </ul>
    ) : (
      reading.notDrawn.length === 0 && <p className="text-xs text-soft">{words.nothing}</p>
    )}
    {reading.notDrawn.length > 0 && (
      <p className="text-xs text-soft">
        {words.notDrawn}: {reading.notDrawn.map(({ text, reason }) => `"${text}" (${reason})`).join('; ')}
      </p>
    )}
  </div>
);

interface SuggestionChipsProps {
  readonly prompt: string;
  readonly onInsert: (word: string) => void;
}

/** Camera words that are not in the prompt yet. */
export const SuggestionChips = ({ prompt, onInsert }: SuggestionChipsProps) => (
  <ul aria-label={words.suggestions} className="flex flex-wrap gap-x-3 leading-5">
    {words.words
      .filter((word) => !prompt.toLowerCase().includes(word))
      .slice(0, 6)
      .map((word) => (
        <li key={word}>
          <button
            type="button"
            aria-label={words.insert(word)}
            onClick={() => onInsert(word)}
            className="number text-xs text-soft transition-colors hover:text-ink"
          >
            <span aria-hidden="true">+ </span>
            {word}
          </button>
        </li>
      ))}
  </ul>
);
