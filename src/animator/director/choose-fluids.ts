/**
 * Chooses what moves in each picture by itself: what the prompt names and the picture shows; without words, clouds that
 * are plain to see drift and water ripples. Words may also keep things at rest.
 */
import { seededUnit } from '../camera/seeded-noise.ts';
import type { AreaName } from '../scene/areas.ts';
import type { Scene } from '../scene/scene.ts';
import type { DirectorNote, Fluid, FluidKind, Heading } from './plan.ts';
import { FLUIDS } from './plan.ts';
import type { FluidWish } from './read-fluids.ts';
import type { PromptReading } from './read-prompt.ts';

interface FluidTraits {
  /** Where it may be, the best first. */
  readonly areas: readonly AreaName[];
  /** What it does, and what is missing when it is not found. */
  readonly does: string;
  readonly missing: string;
  /** Moves unasked where the picture shows it plainly. */
  readonly isDefault: boolean;
  /** Undefined leaves the side to wind and seed. */
  readonly heading: Heading | undefined;
}

const SIDEWAYS = { isDefault: false, heading: undefined } as const;

const TRAITS: Readonly<Record<FluidKind, FluidTraits>> = {
  clouds: {
    areas: ['clouds'],
    does: 'the clouds drift',
    missing: 'no clouds were found',
    isDefault: true,
    heading: undefined,
  },
  water: {
    areas: ['water'],
    does: 'the water moves',
    missing: 'no water was found',
    isDefault: true,
    heading: 'down',
  },
  river: {
    areas: ['falls', 'water'],
    does: 'the water flows',
    missing: 'no water was found',
    isDefault: false,
    heading: 'down',
  },
  smoke: {
    areas: ['smoke'],
    does: 'the smoke rises',
    missing: 'no smoke large enough was found',
    isDefault: false,
    heading: 'up',
  },
  fire: {
    areas: ['fire'],
    does: 'the fire flickers',
    missing: 'no fire was found',
    isDefault: false,
    heading: 'up',
  },
  foliage: {
    areas: ['foliage'],
    does: 'leaves and grass sway',
    missing: 'no leaves or grass were found',
    ...SIDEWAYS,
  },
  hair: { areas: ['subject'], does: 'the hair sways', missing: 'no subject stands out', ...SIDEWAYS },
  cloth: { areas: ['subject'], does: 'the cloth sways', missing: 'no subject stands out', ...SIDEWAYS },
  breathing: {
    areas: ['subject'],
    does: 'the subject breathes',
    missing: 'no subject stands out',
    isDefault: false,
    heading: 'up',
  },
};

/** Confidence from which an area moves: named by the prompt, or unasked. */
const NAMED = 0.2;
const PLAIN = 0.5;
/** Unasked, clouds and water are only looked for where there is a sky over a ground. */
const OUTDOORS = 0.3;

const LEAST_STRENGTH = 0.3;
const MOST_STRENGTH = 2;
/** Two seeds differ by up to this share in how much the same thing moves. */
const SEEDED_SHARE = 0.12;
const SPICY_STRENGTH = 1.25;

export interface FluidInput {
  readonly reading: PromptReading;
  /** Of all stills, the end still's included. */
  readonly scenes: readonly Scene[];
  readonly seed: number;
  readonly style: 'natural' | 'spicy';
}

export interface FluidChoice {
  readonly fluids: readonly Fluid[];
  readonly notes: readonly DirectorNote[];
}

export function chooseFluids(input: FluidInput): FluidChoice {
  const fluids = input.scenes.flatMap((scene, stillIndex) =>
    FLUIDS.flatMap((kind) => chooseFluid(kind, scene, stillIndex, input) ?? []),
  );
  return { fluids, notes: writeFluidNotes(fluids, input) };
}

function chooseFluid(
  kind: FluidKind,
  scene: Scene,
  stillIndex: number,
  { reading, seed, style }: FluidInput,
): Fluid | undefined {
  const wish = wishFor(kind, reading.fluids.wishes);
  const { isDefault, heading } = TRAITS[kind];
  if (wish === undefined ? !isDefault || scene.confidence.ground < OUTDOORS : wish.strength === 0)
    return undefined;
  const area = areaFor(kind, scene, wish === undefined ? PLAIN : NAMED);
  if (area === undefined) return undefined;
  if (kind === 'water' && flowsAway(scene, reading)) return undefined;
  const wind = kind === 'foliage' ? windFactor(reading) : 1;
  const seeded = 1 + SEEDED_SHARE * (2 * seededUnit(seed, 'fluid', FLUIDS.indexOf(kind)) - 1);
  const strength = (wish?.strength ?? 1) * wind * seeded * (style === 'spicy' ? SPICY_STRENGTH : 1);
  return {
    stillIndex,
    kind,
    area,
    heading: wish?.heading ?? heading ?? sideOf(reading, seed),
    strength: Math.round(1000 * Math.min(MOST_STRENGTH, Math.max(LEAST_STRENGTH, strength))) / 1000,
  };
}

/** What is said of a kind: how strongly it moves counts for more than its name, and its name for more than a mention. */
function wishFor(kind: FluidKind, wishes: readonly FluidWish[]): FluidWish | undefined {
  const about = wishes.filter(({ kinds }) => kinds.includes(kind));
  const meant = about.filter(({ isIncidental }) => !isIncidental);
  return meant.findLast(({ strength }) => strength !== 1) ?? meant.at(-1) ?? about.at(-1);
}

function areaFor(kind: FluidKind, { areas }: Scene, confidence: number): AreaName | undefined {
  return TRAITS[kind].areas.find((name) => (areas[name]?.confidence ?? 0) >= confidence);
}

/** A river that has no fall of its own takes the water. */
function flowsAway({ areas }: Scene, { fluids }: PromptReading): boolean {
  const isRiver = (wishFor('river', fluids.wishes)?.strength ?? 0) > 0;
  return isRiver && (areas.falls?.confidence ?? 0) < NAMED;
}

/** A breeze stirs leaves less than a gale. */
function windFactor({ atmosphere }: PromptReading): number {
  return atmosphere.wind === undefined ? 1 : 0.4 + 1.1 * atmosphere.wind;
}

function sideOf({ atmosphere }: PromptReading, seed: number): Heading {
  const side = atmosphere.windSide ?? (seededUnit(seed, 'wind side') < 0.5 ? -1 : 1);
  return side < 0 ? 'left' : 'right';
}

function writeFluidNotes(fluids: readonly Fluid[], { reading, scenes }: FluidInput): readonly DirectorNote[] {
  const notes: DirectorNote[] = [];
  const picture = scenes.length > 1 ? 'in any picture' : 'in the picture';
  for (const { text, kinds, strength, isIncidental } of reading.fluids.wishes) {
    const moving = kinds.filter((kind) => fluids.some((fluid) => fluid.kind === kind));
    if (strength === 0) notes.push({ kind: 'understood', message: `"${text}": ${restOf(kinds)}.` });
    else if (moving.length > 0) {
      const does = [...new Set(moving.map((kind) => TRAITS[kind].does))].join(', ');
      notes.push({ kind: 'understood', message: `"${text}": ${does}.` });
    } else if (!isIncidental && kinds.some((kind) => wishFor(kind, reading.fluids.wishes)!.strength > 0)) {
      notes.push({ kind: 'ignored', message: `"${text}": ${TRAITS[kinds[0]!].missing} ${picture}.` });
    }
  }
  const unasked = new Set(
    fluids.map(({ kind }) => kind).filter((kind) => wishFor(kind, reading.fluids.wishes) === undefined),
  );
  if (unasked.size > 0) {
    const does = [...unasked].map((kind) => TRAITS[kind].does).join(', ');
    notes.push({ kind: 'understood', message: `As the picture shows it: ${does}.` });
  }
  return notes;
}

const restOf = (kinds: readonly FluidKind[]): string =>
  kinds.length > 4 ? 'nothing in the picture moves by itself' : `${kinds.join(', ')} at rest`;
