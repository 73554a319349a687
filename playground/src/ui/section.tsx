import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  /** Right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page with a heading of its own, set off by a hairline. */
export const Section = ({ title, actions, children }: SectionProps) => (
  <section aria-label={title} className="flex min-w-0 flex-col gap-4 border-t border-hairline pt-5">
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <h2 className="font-semibold">{title}</h2>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
    {children}
  </section>
);
