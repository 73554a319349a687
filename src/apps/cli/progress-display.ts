import cliProgress from 'cli-progress';

/** Shows on stderr how a task goes on; what a command has to say stays alone on stdout. */
export interface ProgressDisplay {
  /** A line that stays. */
  line(text: string): void;
  /** @param progress 0..1. */
  update(progress: number, state: string): void;
  end(): void;
}

/** A bar below the lines on a terminal; lines alone, without control characters, elsewhere. */
export const createProgressDisplay = (): ProgressDisplay =>
  process.stderr.isTTY ? new BarDisplay() : new LineDisplay();

class LineDisplay implements ProgressDisplay {
  line(text: string): void {
    process.stderr.write(`  ${text}\n`);
  }

  update(): void {}

  end(): void {}
}

class BarDisplay implements ProgressDisplay {
  /** Of several, because a single one cannot keep lines above it. */
  readonly #bars = new cliProgress.MultiBar(
    {
      format: '  {bar} {percentage}%  {state}',
      clearOnComplete: true,
      hideCursor: true,
      linewrap: true,
      forceRedraw: true,
    },
    cliProgress.Presets.shades_grey,
  );
  readonly #bar = this.#bars.create(100, 0, { state: 'waiting' });

  line(text: string): void {
    this.#bars.log(`  ${text}\n`);
  }

  update(progress: number, state: string): void {
    this.#bar.update(Math.floor(progress * 100), { state });
  }

  end(): void {
    // Lines are kept until the next drawing, and the end draws nothing.
    this.#bars.update();
    this.#bars.stop();
  }
}
