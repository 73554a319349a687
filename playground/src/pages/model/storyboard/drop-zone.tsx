/** A place for a file: takes drops, pastes while it has the focus, and opens the file picker. */
import { type DragEvent, type ReactNode, useId, useState } from 'react';
import { type Given, givenBy } from '../../../form/dropped-files.ts';

interface DropZoneProps {
  readonly accept: string | undefined;
  readonly takesSeveral?: boolean;
  readonly onGiven: (given: Given) => void;
  /** Gets the id of the file input, for a label that opens it. */
  readonly children: (inputId: string) => ReactNode;
  readonly label: string;
  /** A single picture fills its place. */
  readonly holds: 'nothing' | 'picture' | 'list';
}

const LOOKS = {
  nothing: 'border-dashed border-edge p-3',
  picture: 'border-hairline bg-stage',
  list: 'border-hairline bg-sheet p-3',
} as const;

export function DropZone({ accept, takesSeveral = false, onGiven, children, label, holds }: DropZoneProps) {
  const inputId = useId();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    // The page takes drops beside the frames; this one has its place.
    event.stopPropagation();
    setOver(false);
    onGiven(givenBy(event.dataTransfer));
  };
  return (
    <section
      aria-label={label}
      data-drop-zone={label}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`flex min-h-40 w-full min-w-0 flex-col items-center justify-center gap-2 rounded border transition-colors ${
        isOver ? 'border-ink bg-well' : LOOKS[holds]
      }`}
    >
      {children(inputId)}
      <input
        id={inputId}
        type="file"
        accept={accept}
        multiple={takesSeveral}
        className="sr-only"
        aria-label={label}
        onChange={({ currentTarget }) => {
          onGiven({ files: [...(currentTarget.files ?? [])] });
          // The same file may be chosen once more.
          currentTarget.value = '';
        }}
      />
    </section>
  );
}
