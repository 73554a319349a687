import { texts } from '../texts/en.ts';

type State = 'created' | 'processing' | 'completed' | 'failed' | 'cancelled';

/** Told by shape first, so that no colour is needed. */
const SHAPES: Readonly<Record<State, string>> = {
  created: 'M4 8h8',
  processing: 'M8 3a5 5 0 1 1-4.3 2.4',
  completed: 'M3 8.5 6.5 12 13 4.5',
  failed: 'M4 4l8 8M12 4l-8 8',
  cancelled: 'M3.5 12.5l9-9M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z',
};

export const StateMark = ({ state }: { readonly state: State }) => (
  <span className="number inline-flex items-center gap-1.5 text-xs">
    <svg
      width="12"
      height="12"
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    >
      <path d={SHAPES[state]} />
    </svg>
    {texts.states[state]}
  </span>
);
