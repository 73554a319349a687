/** Bars over days. A day with runs that cost nothing has a dot, so that it is told from a day without. */

export interface DayBar {
  readonly day: string;
  /** In the unit of the scale. */
  readonly height: number;
  readonly isUsed: boolean;
  /** What the pointer is told. */
  readonly text: string;
}

interface DayBarsProps {
  /** What the whole chart says, for those who do not see it. */
  readonly label: string;
  readonly bars: readonly DayBar[];
  /** The top of the scale. */
  readonly highest: number;
}

/** In units of the drawing. */
const STEP = 10;
const BAR = 7;
const HEIGHT = 72;
const LEAST = 2;

export const DayBars = ({ label, bars, highest }: DayBarsProps) => (
  <svg
    role="img"
    aria-label={label}
    viewBox={`0 0 ${bars.length * STEP} ${HEIGHT + 1}`}
    preserveAspectRatio="none"
    className="h-20 w-full"
  >
    <line
      x1="0"
      x2="100%"
      y1={HEIGHT}
      y2={HEIGHT}
      className="stroke-edge"
      vectorEffect="non-scaling-stroke"
    />
    {bars.map((bar, index) => {
      const height = drawnHeight(bar, highest);
      return (
        <g key={bar.day}>
          <title>{bar.text}</title>
          <rect
            x={index * STEP}
            y="0"
            width={STEP}
            height={HEIGHT}
            className="fill-transparent hover:fill-well"
          />
          <rect
            x={index * STEP + (STEP - BAR) / 2}
            y={HEIGHT - height}
            width={BAR}
            height={height}
            className="pointer-events-none fill-ink"
          />
        </g>
      );
    })}
  </svg>
);

function drawnHeight({ height, isUsed }: DayBar, highest: number): number {
  if (!isUsed) return 0;
  return Math.max(LEAST, highest === 0 ? 0 : (height / highest) * (HEIGHT - 2));
}
