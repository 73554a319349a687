import { CopyButton } from './copy-button.tsx';

interface CodeBlockProps {
  readonly code: string;
  /** What it is, for screen readers. */
  readonly label: string;
  /** What is copied where that is not what is shown (a masked key). */
  readonly copied?: () => string;
}

export const CodeBlock = ({ code, label, copied = () => code }: CodeBlockProps) => (
  <div className="flex min-w-0 items-start rounded border border-hairline bg-well">
    {/* biome-ignore lint/a11y/useSemanticElements: a landmark element would rename what is preformatted text. */}
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={label}
      role="region"
      className="quiet-scroll min-w-0 grow overflow-x-auto p-3 text-xs leading-5"
    >
      <code>{code}</code>
    </pre>
    <CopyButton look="plain" className="m-1.5" text={copied} />
  </div>
);
