/**
 * The air between camera and scene: draws what a plan's atmosphere and its lightning put before the picture. A pure
 * function of plan and frame. None of it is in the first frame, nor in a last one that has to be the end still
 * itself.
 */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { smootherstep } from '../camera/seeded-noise.ts';
import type { AtmosphereEffect, AtmosphereKind, FrameSpan, Plan } from '../director/plan.ts';
import type { I420Frame, RgbaImage } from '../raster/picture.ts';
import type { FrameRecipe } from '../raster/rasteriser.ts';
import { Veil } from '../raster/veil.ts';
import type { View } from '../raster/view-painter.ts';
import { randomStreams, within } from '../sound/random-stream.ts';
import { readAir } from './air.ts';
import { Dust } from './dust.ts';
import type { EffectSetting, Moment } from './effect.ts';
import { Embers } from './embers.ts';
import { Fog } from './fog.ts';
import { Gloom } from './gloom.ts';
import { LightRays } from './light-rays.ts';
import { type Flash, flashAt, Lightning } from './lightning.ts';
import { Outlook, type Sight } from './outlook.ts';
import { Rain } from './rain.ts';
import { Snow } from './snow.ts';
import type { Space } from './strata.ts';

/** One kind of effect over one still. */
interface Effect {
  /** Adds to what covers the whole picture, over what is there already. */
  veil?(moment: Moment, veil: Veil): void;
  /** Draws single particles. */
  paint?(moment: Moment, frame: I420Frame): void;
}

const EFFECTS: Readonly<Record<AtmosphereKind, new (setting: EffectSetting) => Effect>> = {
  gloom: Gloom,
  fog: Fog,
  rays: LightRays,
  rain: Rain,
  snow: Snow,
  dust: Dust,
  embers: Embers,
};

/** Single particles fade in within this; what fills the whole picture takes longer, or it would be seen to switch on. */
const SWIFT_SECONDS = 0.4;
const SLOW_SECONDS = 2;

/** What the air does to one frame. */
export interface FrameAir {
  /** For the frame's recipe; undefined when nothing fills the picture. */
  readonly veil: Veil | undefined;
  /** Draws the particles into the frame when the rest of it is done. */
  paint(frame: I420Frame): void;
}

/** What of a plan the air depends on. */
export interface AirPlan extends Pick<Plan, 'size' | 'frameCount' | 'seed' | 'events' | 'atmosphere'> {
  /** Whether there is one: then the clip ends on a still. */
  readonly arrival: object | undefined;
}

export interface Atmosphere {
  /** The air of frame `index`, valid until the next call; undefined when there is nothing in it. */
  at(index: number, view: View, over: FrameRecipe['over']): FrameAir | undefined;
}

/** @param scenes One for each still. */
export function createAtmosphere(
  plan: AirPlan,
  stills: readonly RgbaImage[],
  scenes: readonly Space[],
): Atmosphere {
  const flashes = plan.events.filter((event) => event.kind === 'lightning');
  if (plan.atmosphere.length === 0 && flashes.length === 0) return { at: () => undefined };
  const outlook = new Outlook(plan.size);
  const veil = new Veil(outlook.nodes);
  const effectsOver = oncePerStill((i) => makeEffects(plan, stills[i]!, scenes[i]!));
  const lightningOver = oncePerStill((i) => new Lightning(stills[i]!, scenes[i]!, plan.seed));
  const sightOf = (view: View): Sight => ({ view, depth: scenes[view.stillIndex]!.depth });
  return {
    at(index, view, over) {
      const flash = dimmed(flashAt(flashes, index, plan.seed), levelAt(plan, index, SWIFT_SECONDS));
      const momentOf = ({ span }: AtmosphereEffect): Moment => ({
        seconds: index / FRAME_RATE,
        pose: view.pose,
        outlook,
        swiftLevel: levelAt(plan, index, SWIFT_SECONDS, span),
        slowLevel: levelAt(plan, index, SLOW_SECONDS, span),
      });
      const shown = plan.atmosphere.flatMap((ordered, i) => {
        const moment = momentOf(ordered);
        return moment.swiftLevel === 0 ? [] : [{ moment, effect: effectsOver(view.stillIndex)[i]! }];
      });
      if (shown.length === 0 && flash === undefined) return undefined;
      outlook.look(sightOf(view), over && { sight: sightOf(over.view), weight: over.weight });
      veil.clear();
      for (const { effect, moment } of shown) effect.veil?.(moment, veil);
      const lightning = flash && lightningOver(view.stillIndex);
      lightning?.veil(outlook, flash!, veil);
      const isVeiled = flash !== undefined || shown.some(({ effect }) => effect.veil !== undefined);
      return {
        veil: isVeiled ? veil : undefined,
        paint: (frame) => {
          lightning?.paint(outlook, flash!, frame);
          for (const { effect, moment } of shown) effect.paint?.(moment, frame);
        },
      };
    },
  };
}

const dimmed = (flash: Flash | undefined, share: number): Flash | undefined =>
  flash === undefined || share === 0 ? undefined : { ...flash, level: share * flash.level };

function oncePerStill<Made>(make: (stillIndex: number) => Made): (stillIndex: number) => Made {
  const made = new Map<number, Made>();
  return (stillIndex) => {
    if (!made.has(stillIndex)) made.set(stillIndex, make(stillIndex));
    return made.get(stillIndex)!;
  };
}

/** The same seed gives the same drops over every still, so that rain goes on across a cut. */
function makeEffects(plan: AirPlan, still: RgbaImage, scene: Space): readonly Effect[] {
  const air = readAir(still, scene);
  const streams = within(randomStreams(plan.seed), 'atmosphere');
  return plan.atmosphere.map(
    ({ kind, strength, wind }) => new EFFECTS[kind]({ size: plan.size, strength, wind, scene, air, streams }),
  );
}

const WHOLE_CLIP = { firstFrame: 0, frameCount: Number.POSITIVE_INFINITY } as const;

/**
 * 0 on the clip's first frame, 1 after `seconds`; back to 0 in the same way where the clip has to end on a still. An effect of
 * some shots alone comes and goes with their cuts, whole from their first frame to their last.
 */
function levelAt(
  { frameCount, arrival }: AirPlan,
  index: number,
  seconds: number,
  span: FrameSpan = WHOLE_CLIP,
): number {
  if (index < span.firstFrame || index >= span.firstFrame + span.frameCount) return 0;
  const frames = Math.min(seconds * FRAME_RATE, (frameCount - 1) / 2);
  const sinceStart = span.firstFrame === 0 ? index : frames;
  const toEnd = arrival === undefined ? frames : frameCount - 1 - index;
  return smootherstep(Math.min(sinceStart, toEnd) / frames);
}
