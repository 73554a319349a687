import type { ReactNode } from 'react';

interface NoticeProps {
  /** `error` is announced at once, `info` when the reader pauses. */
  readonly kind: 'error' | 'info';
  readonly title?: ReactNode;
  readonly children?: ReactNode;
}

/** Something the page has to say. An error is told apart by its bar and its words, not by colour. */
export const Notice = ({ kind, title, children }: NoticeProps) => (
  <div
    role={kind === 'error' ? 'alert' : 'status'}
    className={`rounded-sm bg-well px-3 py-2 text-sm ${kind === 'error' ? 'border-l-4 border-ink' : 'border-l border-edge'}`}
  >
    {title !== undefined && <p className="font-semibold">{title}</p>}
    {children}
  </div>
);
