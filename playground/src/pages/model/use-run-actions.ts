/** What can be done with the run that is open. */
import type { Storyboard } from '../../form/use-storyboard.ts';
import { fieldOfRole, type Model } from '../../wire/catalogue.ts';
import { drawSeed } from './storyboard/seed-field.tsx';
import type { OpenRun } from './use-open-run.ts';
import type { StartRun } from './use-start-run.ts';

export interface RunActions {
  /** Exactly its inputs once more. */
  readonly again: () => void;
  /** The same with another seed; undefined for models without one. */
  readonly newSeed: (() => void) | undefined;
  /** Its inputs back into the form. */
  readonly edit: () => void;
  /** Its last frame as the next start frame. */
  readonly chain: (picture: File) => void;
}

export function useRunActions(storyboard: Storyboard, { run }: OpenRun, { start }: StartRun): RunActions {
  const { model, replace, set, give } = storyboard;
  const seed = fieldOfRole(model, 'seed');
  return {
    again: () => {
      if (run !== undefined) void start(run.input);
    },
    newSeed:
      seed === undefined
        ? undefined
        : () => {
            if (run === undefined) return;
            const input = { ...run.input, [seed]: drawSeed() };
            replace(input, run.id);
            void start(input);
          },
    edit: () => {
      if (run !== undefined) replace(run.input, run.id);
    },
    chain: (picture) => {
      const frame = startFrameOf(model);
      const endFrame = fieldOfRole(model, 'lastImage');
      if (frame === undefined) return;
      set(frame, undefined);
      if (endFrame !== undefined) set(endFrame, undefined);
      give({ files: [picture] }, frame);
    },
  };
}

/** The field that the form shows for it, where the model has more than one. */
function startFrameOf(model: Model): string | undefined {
  const fields = [fieldOfRole(model, 'image'), fieldOfRole(model, 'images')].filter(
    (name) => name !== undefined,
  );
  return fields.find((name) => model.schema.properties[name]?.['x-hidden'] !== true) ?? fields[0];
}
