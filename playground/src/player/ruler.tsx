/** A time ruler: a tick for every second, a longer one where a number stands. Drawn only; what moves on it is up to its user. */

interface RulerProps {
  readonly seconds: number;
  /** How much of it the clip fills, in seconds. */
  readonly filled?: number;
}

/** Which seconds bear a number: so few that they never touch, the last one among them. */
function numbering(seconds: number): (second: number) => boolean {
  const step = seconds <= 6 ? 1 : 5;
  return (second) => second % step === 0 || (second === seconds && second % step > 1);
}

export function Ruler({ seconds, filled = seconds }: RulerProps) {
  const whole = Array.from({ length: Math.floor(seconds) + 1 }, (_, second) => second);
  const isNumbered = numbering(seconds);
  const at = (second: number) => `${(100 * second) / seconds}%`;
  return (
    <div aria-hidden="true" className="relative h-9 select-none">
      <div className="absolute inset-x-0 top-3 h-px bg-edge" />
      <div className="absolute top-[11px] left-0 h-[3px] bg-ink" style={{ width: at(filled) }} />
      {whole.map((second) => (
        <span key={second}>
          <span
            className={`absolute w-px ${second <= filled ? 'bg-ink' : 'bg-edge'} ${isNumbered(second) ? 'top-1.5 h-3.5' : 'top-2.5 h-1.5'}`}
            style={{ left: at(second) }}
          />
          {isNumbered(second) && (
            <span
              className={`slate absolute top-5 ${second === 0 ? '' : second > seconds - 0.5 ? '-translate-x-full' : '-translate-x-1/2'}`}
              style={{ left: at(second) }}
            >
              {second}s
            </span>
          )}
        </span>
      ))}
    </div>
  );
}

/** The grease-pencil line. @param share 0..1 of the ruler that it stands in. */
export const Playhead = ({ share }: { readonly share: number }) => (
  <div
    aria-hidden="true"
    data-playhead
    className="pointer-events-none absolute top-0 bottom-3 w-0.5 -translate-x-px bg-pencil"
    style={{ left: `${100 * share}%` }}
  >
    <span className="absolute -top-0.5 left-1/2 size-2.5 -translate-x-1/2 rotate-45 rounded-[1px] bg-pencil" />
  </div>
);
