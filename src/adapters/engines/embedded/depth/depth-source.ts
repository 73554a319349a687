/**
 * Where the depth of a render process's pictures comes from: the operator's network, or the animator's own estimate where there is none
 * or it fails. Never keeps a clip from being made, and always says which it was.
 */
import { setImmediate as yieldToEvents } from 'node:timers/promises';
import type { RgbaImage } from '#animator/raster/picture.ts';
import type { Grid } from '#animator/scene/scene.ts';
import type { EngineLogLine } from '#ports/engine.ts';
import type { ProcessNotice } from '../render-messages.ts';
import { DepthNetwork } from './depth-network.ts';
import type { DepthModelFiles } from './find-depth-model.ts';

export interface MeasuredDepths {
  /** One for each still; undefined where the animator is to estimate it. */
  readonly depths: readonly (Grid | undefined)[];
  /** For the task's log. */
  readonly lines: readonly EngineLogLine[];
}

export interface DepthSource {
  /** For the operator; undefined when no network was asked for. */
  readonly notice: ProcessNotice | undefined;
  /**
   * Never rejects but with the reason of `signal`, which is looked at between stills; `onStill` hears how many have been measured.
   */
  measure(
    stills: readonly RgbaImage[],
    signal: AbortSignal,
    onStill: (measured: number) => void,
  ): Promise<MeasuredDepths>;
}

const ESTIMATED = 'Depth: estimated from the picture';

/** Never rejects: a network that cannot be used is told in the notice and in every task's log. */
export async function openDepthSource(
  files: DepthModelFiles | undefined,
  runtimePackage?: string,
): Promise<DepthSource> {
  if (files === undefined) return estimateAlone(undefined, { level: 'info', message: `${ESTIMATED}.` });
  try {
    return networkSource(await DepthNetwork.open(files, runtimePackage), files);
  } catch (error) {
    const reason = reasonOf(error);
    return estimateAlone(
      {
        level: 'warn',
        message: `The depth network ${files.modelPath} cannot be used: ${reason}. Depth is estimated from the pictures.`,
      },
      { level: 'warn', message: `${ESTIMATED}; the depth network cannot be used: ${reason}.` },
    );
  }
}

const estimateAlone = (notice: ProcessNotice | undefined, line: EngineLogLine): DepthSource => ({
  notice,
  measure: async (stills) => ({ depths: stills.map(() => undefined), lines: [line] }),
});

function networkSource(network: DepthNetwork, { modelPath }: DepthModelFiles): DepthSource {
  return {
    notice: { level: 'info', message: `Depth is measured by the network ${modelPath}.` },
    async measure(stills, signal, onStill) {
      const depths: (Grid | undefined)[] = [];
      const lines: EngineLogLine[] = [];
      for (const [index, still] of stills.entries()) {
        signal.throwIfAborted();
        try {
          depths.push(await network.measure(still));
        } catch (error) {
          depths.push(undefined);
          const which = stills.length === 1 ? '' : ` ${index + 1}`;
          lines.push({
            level: 'warn',
            message: `${ESTIMATED}${which}; the network failed: ${reasonOf(error)}.`,
          });
        }
        onStill(index + 1);
        await yieldToEvents();
      }
      if (depths.some((depth) => depth !== undefined))
        lines.unshift({ level: 'info', message: `Depth: measured by the network ${network.name}.` });
      return { depths, lines };
    },
  };
}

/** Of one line, without a full stop. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/\.$/, '');
