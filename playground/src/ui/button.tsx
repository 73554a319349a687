import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

type NativeButton = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'>;

export interface ButtonProps extends NativeButton {
  readonly children: ReactNode;
  readonly icon?: IconName;
  /** `primary` is the grease pencil: at most one to a page. */
  readonly look?: 'primary' | 'line' | 'plain';
}

const LOOKS = {
  primary: 'bg-pencil text-on-pencil font-semibold hover:bg-pencil-strong border-transparent',
  line: 'border-hairline hover:border-edge bg-sheet',
  plain: 'border-transparent hover:bg-well',
} as const;

const SHARED =
  'inline-flex items-center justify-center gap-2 rounded border px-3 py-1.5 text-sm transition-colors disabled:opacity-45 disabled:pointer-events-none whitespace-nowrap';

/** Its classes, for links that look like it. */
export const buttonClass = (look: keyof typeof LOOKS = 'line'): string => `${SHARED} ${LOOKS[look]}`;

export const Button = ({ children, icon, look = 'line', className = '', ...rest }: ButtonProps) => (
  <button type="button" {...rest} className={`${buttonClass(look)} ${className}`}>
    {icon !== undefined && <Icon name={icon} />}
    {children}
  </button>
);

export interface IconButtonProps extends NativeButton {
  readonly icon: IconName;
  /** Its name for everybody who does not see the drawing, and the tooltip for those who do. */
  readonly label: string;
}

export const IconButton = ({ icon, label, className = '', ...rest }: IconButtonProps) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    {...rest}
    className={`inline-flex size-8 shrink-0 items-center justify-center rounded border border-transparent transition-colors hover:bg-well disabled:pointer-events-none disabled:opacity-45 ${className}`}
  >
    <Icon name={icon} />
  </button>
);
