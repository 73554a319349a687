import { texts } from '../../texts/en.ts';
import { Dialog } from '../../ui/dialog.tsx';

export const KeyboardHelp = ({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) => (
  <Dialog title={texts.model.keyboard.title} isOpen={isOpen} onClose={onClose}>
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
      {texts.model.keyboard.rows.map(([keys, meaning]) => (
        <div key={keys} className="col-span-2 grid grid-cols-subgrid">
          <dt>
            <kbd className="number rounded-sm bg-well px-1.5 py-0.5 text-sm">{keys}</kbd>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </Dialog>
);
