import { useEffect, useState } from 'react';
import { texts } from '../texts/en.ts';
import { Button, type ButtonProps } from './button.tsx';

const SHOWN_MS = 1600;

/** Copies `text`, made when it is pressed, and says that it did. */
export function CopyButton({
  text,
  children = texts.shared.copy,
  ...rest
}: { readonly text: () => string } & Partial<ButtonProps>) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => void navigator.clipboard.writeText(text()).then(() => setCopied(true));
  return (
    <Button icon={isCopied ? 'check' : 'copy'} {...rest} onClick={copy}>
      <span aria-live="polite">{isCopied ? texts.shared.copied : children}</span>
    </Button>
  );
}
