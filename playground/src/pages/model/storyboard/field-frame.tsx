import type { ReactNode } from 'react';

interface FieldFrameProps {
  readonly title: string;
  /** Of the control, where the title can be its label. */
  readonly htmlFor?: string;
  /** Right of the title. */
  readonly aside?: ReactNode;
  readonly message?: string | undefined;
  readonly messageId?: string;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A control under its name, and what is wrong with it below. */
export function FieldFrame(props: FieldFrameProps) {
  const { title, htmlFor, aside, message, messageId, children, className = '' } = props;
  return (
    <div className={`flex min-w-0 flex-col gap-2 ${className}`}>
      <div className="flex min-h-5 items-baseline justify-between gap-3">
        {htmlFor === undefined ? (
          <span className="slate">{title}</span>
        ) : (
          <label htmlFor={htmlFor} className="slate">
            {title}
          </label>
        )}
        {aside !== undefined && <span className="slate">{aside}</span>}
      </div>
      {children}
      {message !== undefined && (
        <p id={messageId} role="alert" className="border-l-4 border-ink pl-2 text-sm">
          {message}
        </p>
      )}
    </div>
  );
}
