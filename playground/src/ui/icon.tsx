/** The page's own line drawings on a 16 px grid. They carry no meaning alone: a label always stands beside or behind them. */
const PATHS = {
  play: 'M5 3.2v9.6l7.6-4.8z',
  pause: 'M5 3.5v9M11 3.5v9',
  back: 'M11 3.5 5.5 8l5.5 4.5zM4 3.5v9',
  forward: 'M5 3.5 10.5 8 5 12.5zM12 3.5v9',
  start: 'M12 3.5 7 8l5 4.5M7 3.5 2.5 8 7 12.5',
  download: 'M8 2.5v7.2M4.8 7 8 10.2 11.2 7M3 13.5h10',
  dice: 'M3 3h10v10H3zM6 6h.01M10 6h.01M8 8h.01M6 10h.01M10 10h.01',
  repeat: 'M3 7.5A4.5 4.5 0 0 1 11.5 5M13 3v2.8h-2.8M13 8.5A4.5 4.5 0 0 1 4.5 11M3 13v-2.8h2.8',
  chain: 'M2.5 4h6v8h-6zM8.5 8H14M11.5 5.5 14 8l-2.5 2.5',
  edit: 'M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3z',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5',
  copy: 'M5.5 5.5V3H13v7.5h-2.5M3 5.5h7.5V13H3z',
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  left: 'M10 3.5 5.5 8l4.5 4.5',
  right: 'M6 3.5 10.5 8 6 12.5',
  down: 'M3.5 6 8 10.5 12.5 6',
  sound: 'M3 6v4h2.5L9 13V3L5.5 6zM11.3 5.5a3.5 3.5 0 0 1 0 5',
  silent: 'M3 6v4h2.5L9 13V3L5.5 6zM11 6.2l3 3.6M14 6.2l-3 3.6',
  compare: 'M2.5 3.5h11v9h-11zM8 2v12',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13 9.6A5.3 5.3 0 1 1 6.6 3a4.3 4.3 0 0 0 6.4 6.6z',
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 10l3.5 3.5',
  key: 'M10.5 2.8a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM8.6 7.4 3 13h2.2v-1.6h1.6V9.8',
  link: 'M6.5 9.5l3-3M7 4.8l1.3-1.3a2.6 2.6 0 0 1 3.7 3.7L10.7 8.5M9 11.2l-1.3 1.3A2.6 2.6 0 0 1 4 8.8l1.3-1.3',
  picture: 'M2.5 3.5h11v9h-11zM2.5 11l3.2-3.4 2.6 2.7 1.8-1.7 3.4 3M10.5 6.3h.01',
  help: 'M6 6a2 2 0 1 1 2.8 1.8c-.6.3-.8.7-.8 1.4M8 11.8h.01',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    className="shrink-0"
  >
    <path d={PATHS[name]} />
  </svg>
);

/** A frame with its corner turned into a play triangle. */
export const Mark = () => (
  <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" className="shrink-0">
    <path
      d="M11 4.5H4.5v15h15V13"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="square"
    />
    <path d="M13.5 2.2 21.8 7l-8.3 4.8z" fill="var(--pencil)" />
  </svg>
);
