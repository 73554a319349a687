import { type ReactNode, useEffect } from 'react';
import { texts } from '../texts/en.ts';

interface PageProps {
  readonly title: string;
  /** Right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page's title, in the document's too, and its content at one width. */
export function Page({ title, actions, children }: PageProps) {
  useDocumentTitle(title);
  return (
    <main className="mx-auto flex w-full max-w-[1560px] flex-col gap-6 px-4 py-6 sm:px-6 lg:px-8">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </main>
  );
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} - ${texts.shared.product}`;
  }, [title]);
}
