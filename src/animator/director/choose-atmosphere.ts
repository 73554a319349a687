/** Chooses what the air is full of, from the prompt's words alone: without words it is clear. */
import { seededUnit } from '../camera/seeded-noise.ts';
import type { AtmosphereEffect, AtmosphereKind, ClipEvent, DirectorNote } from './plan.ts';
import type { PromptReading } from './read-prompt.ts';

/** In the order in which they are drawn: what lies in the distance first. */
const KINDS: readonly AtmosphereKind[] = ['fog', 'rays', 'rain', 'snow', 'dust', 'embers'];

const LEAST_STRENGTH = 0.3;
const MOST_STRENGTH = 1.8;
/** Still air is never quite still. */
const CALM_WIND = 0.12;

export function chooseAtmosphere(
  { atmosphere: { wishes, wind, windSide } }: PromptReading,
  seed: number,
): readonly AtmosphereEffect[] {
  const side = windSide ?? (seededUnit(seed, 'wind side') < 0.5 ? -1 : 1);
  const blows = wind ?? CALM_WIND * (1 + seededUnit(seed, 'wind'));
  return KINDS.flatMap((kind) => {
    const asked = wishes.flatMap(({ effects, factor }) =>
      effects.filter((effect) => effect.kind === kind).map(({ strength }) => strength * factor),
    );
    if (asked.length === 0) return [];
    const strength = Math.min(MOST_STRENGTH, Math.max(LEAST_STRENGTH, ...asked));
    return [{ kind, strength: round(strength), wind: round(side * blows) }];
  });
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

const NAMES: Readonly<Record<AtmosphereKind, string>> = {
  fog: 'fog',
  rays: 'rays of light',
  rain: 'rain',
  snow: 'snow',
  dust: 'dust in the light',
  embers: 'rising embers',
};

export interface AtmosphereNotesInput {
  readonly reading: PromptReading;
  readonly atmosphere: readonly AtmosphereEffect[];
  readonly events: readonly ClipEvent[];
}

/** What is drawn of each wish, and what was left out because the prompt says so. */
export function writeAtmosphereNotes({
  reading: { atmosphere: reading },
  atmosphere,
  events,
}: AtmosphereNotesInput): readonly DirectorNote[] {
  const flashes = events.filter(({ kind }) => kind === 'lightning');
  const nameOf = (kind: AtmosphereKind | 'lightning'): string => {
    if (kind === 'lightning')
      return `lightning at ${flashes.map(({ timeSeconds }) => `${timeSeconds.toFixed(1)} s`).join(' and ')}`;
    const { strength } = atmosphere.find((effect) => effect.kind === kind)!;
    return `${NAMES[kind]} at ${strength.toFixed(2)} of the usual strength`;
  };
  const messages = reading.wishes.map(
    ({ text, effects }) => `"${text}": ${effects.map(({ kind }) => nameOf(kind)).join(', with ')}.`,
  );
  const blown = atmosphere.filter(({ kind }) => kind !== 'rays').map(({ kind }) => NAMES[kind]);
  if (reading.wind !== undefined && blown.length > 0) {
    const side = atmosphere[0]!.wind < 0 ? 'left' : 'right';
    messages.push(`The wind blows to the ${side} and takes along: ${blown.join(', ')}.`);
  }
  if (reading.absent.length > 0) {
    const absent = reading.absent.map((text) => `"${text}"`).join(', ');
    messages.push(`Left out of the air, as the prompt says: ${absent}.`);
  }
  return messages.map((message) => ({ kind: 'understood', message }));
}
