/** The browser's own modal dialog: it keeps the focus inside, closes on escape and gives the focus back. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { texts } from '../texts/en.ts';
import { IconButton } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className="m-auto w-full max-w-lg rounded border border-edge bg-sheet p-0 text-ink backdrop:bg-stage/70"
    >
      <div className="flex items-center justify-between border-b border-hairline py-2 pr-2 pl-4">
        <h2 id={titleId} className="font-semibold">
          {title}
        </h2>
        <IconButton icon="cross" label={texts.shared.close} onClick={onClose} />
      </div>
      {isOpen && <div className="p-4">{children}</div>}
    </dialog>
  );
}
