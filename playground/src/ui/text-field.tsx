import { useId } from 'react';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What a value looks like. */
  readonly hint?: string;
  readonly isRequired?: boolean;
  readonly isNumber?: boolean;
  readonly className?: string;
}

/** A line of text with its name over it. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, isRequired = false, isNumber = false, className = '' } = props;
  const id = useId();
  return (
    <div className="flex max-w-full flex-col gap-1 self-stretch sm:self-auto">
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <input
        id={id}
        required={isRequired}
        placeholder={hint}
        maxLength={200}
        inputMode={isNumber ? 'decimal' : undefined}
        className={`field ${isNumber ? 'number' : ''} ${className}`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
