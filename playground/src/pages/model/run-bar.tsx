/** What the run costs and the button that starts it. When something is missing, the button says what. */
import { Link } from 'wouter';
import { paths } from '../../app/routes.ts';
import type { Storyboard } from '../../form/use-storyboard.ts';
import { texts } from '../../texts/en.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { formatMoney, Money } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useAccount } from '../../wire/session.ts';

const words = texts.model;

interface RunBarProps {
  readonly storyboard: Storyboard;
  readonly isJsonBroken: boolean;
  readonly isStarting: boolean;
  /** Why the last request was not taken. */
  readonly refusal: string | undefined;
  readonly onRun: () => void;
}

export function RunBar({ storyboard, isJsonBroken, isStarting, refusal, onRun }: RunBarProps) {
  const account = useAccount();
  const { quote } = storyboard;
  const shortBy = account == null || quote === undefined ? 0 : Number(quote.price) - Number(account.balance);
  return (
    <div className="flex flex-col gap-3">
      {shortBy > 0 && (
        <Notice kind="info" title={words.price.short(formatMoney(roundUp(shortBy)))}>
          {words.price.shortHint}
        </Notice>
      )}
      {refusal !== undefined && (
        <Notice kind="error" title={words.run.refused}>
          {refusal}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <PriceTag storyboard={storyboard} balance={account?.balance} />
        <div className="ml-auto flex grow items-center justify-end gap-3 sm:grow-0">
          <kbd className="slate hidden sm:inline">{words.run.keys}</kbd>
          {account === null ? (
            <Link href={paths.signIn} className={`${buttonClass('primary')} min-w-44 py-2! text-base!`}>
              {words.run.signIn}
            </Link>
          ) : (
            <RunButton {...{ storyboard, isJsonBroken, isStarting, onRun }} isShort={shortBy > 0} />
          )}
        </div>
      </div>
    </div>
  );
}

/** To whole cents, upwards: so much is enough. */
const roundUp = (amount: number): string => (Math.ceil(amount * 100 - 1e-6) / 100).toFixed(2);

const PriceTag = ({
  storyboard: { quote },
  balance,
}: {
  storyboard: Storyboard;
  balance: string | undefined;
}) => (
  <div role="status" aria-label={words.price.label} className="flex flex-wrap items-baseline gap-x-3">
    {quote === undefined ? (
      <span className="text-sm text-soft">
        {balance === undefined ? words.price.signedOut : words.price.unknown}
      </span>
    ) : (
      <>
        <span className="text-lg font-semibold">
          {!quote.exact && <span className="text-sm font-normal text-soft">{words.price.atMost} </span>}
          <Money amount={quote.price} />
        </span>
        <span className="slate">{quote.explanation.replace(/^at most /, '').replaceAll(' x ', ' × ')}</span>
      </>
    )}
    {balance !== undefined && (
      <span className="slate">
        {words.price.balance} {formatMoney(balance)}
      </span>
    )}
  </div>
);

interface RunButtonProps extends Omit<RunBarProps, 'refusal'> {
  readonly isShort: boolean;
}

function RunButton({ storyboard, isJsonBroken, isStarting, isShort, onRun }: RunButtonProps) {
  const { text, field, isBlocked } = nextStep(storyboard, { isJsonBroken, isStarting, isShort });
  return (
    <Button
      look="primary"
      disabled={isBlocked}
      onClick={() => (field === undefined ? onRun() : focusField(field))}
      className="min-w-44 grow py-2! text-base! sm:grow-0"
    >
      {text}
    </Button>
  );
}

interface Circumstances {
  readonly isJsonBroken: boolean;
  readonly isStarting: boolean;
  readonly isShort: boolean;
}

interface Step {
  readonly text: string;
  /** Where to go for it. */
  readonly field?: string;
  readonly isBlocked?: boolean;
}

/** What has to happen next before the clip can be made; `run` itself when nothing has. */
export function nextStep(storyboard: Storyboard, { isJsonBroken, isStarting, isShort }: Circumstances): Step {
  const { model, missing, faults, uploads } = storyboard;
  const titleOf = (name: string) => model.schema.properties[name]?.title ?? name;
  if (isStarting) return { text: words.run.starting, isBlocked: true };
  if (uploads.length > 0) return { text: words.run.waitUpload, isBlocked: true };
  if (isJsonBroken) return { text: words.run.fixJson, isBlocked: true };
  const [first] = missing;
  if (first !== undefined) return { text: missingText(storyboard, first), field: first };
  const at = faults[0]?.path[0];
  if (at !== undefined) return { text: words.run.fix(titleOf(String(at))), field: String(at) };
  return isShort ? { text: words.run.notEnough, isBlocked: true } : { text: words.run.run };
}

function missingText({ model }: Storyboard, name: string): string {
  switch (model.roles[name]) {
    case 'prompt':
      return words.run.writePrompt;
    case 'image':
    case 'images':
      return words.run.addPicture(words.frame.start);
    default:
      return words.run.addField(model.schema.properties[name]?.title ?? name);
  }
}

export function focusField(name: string): void {
  const field = document.querySelector(`[data-field="${CSS.escape(name)}"]`);
  field?.querySelector<HTMLElement>('textarea, input, button, [tabindex]')?.focus();
  field?.scrollIntoView({ block: 'nearest' });
}
