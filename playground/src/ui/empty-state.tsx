import type { ReactNode } from 'react';

/** What stands where nothing is yet: what will be there, and the way to it. */
export const EmptyState = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}) => (
  <div className="flex w-full max-w-4xl flex-col items-start gap-3 border-l border-edge py-2 pl-5">
    <h2 className="text-lg font-semibold">{title}</h2>
    <div className="flex w-full min-w-0 flex-col items-start gap-3 text-soft *:max-w-full">{children}</div>
  </div>
);
