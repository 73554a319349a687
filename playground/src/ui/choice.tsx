/** One of a few: a row of segments, arrow keys move within it. */
import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Option {
  readonly value: string;
  readonly label: ReactNode;
  /** Its name where the label is a drawing. */
  readonly name?: string;
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export const Choice = ({ label, options, value, onChange }: ChoiceProps) => (
  <RadioGroup.Root
    aria-label={label}
    value={value}
    onValueChange={onChange}
    className="inline-flex max-w-full flex-wrap gap-px overflow-hidden rounded border border-hairline bg-hairline"
  >
    {options.map((option) => (
      <RadioGroup.Item
        key={option.value}
        value={option.value}
        aria-label={option.name}
        className="number flex min-h-8 grow items-center justify-center bg-sheet px-3 text-sm text-soft transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=checked]:bg-ink data-[state=checked]:text-paper"
      >
        {option.label}
      </RadioGroup.Item>
    ))}
  </RadioGroup.Root>
);
