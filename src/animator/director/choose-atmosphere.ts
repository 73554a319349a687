/** Chooses what the air of each shot is full of, from the prompt's words alone: without words it is clear. */
import { seededUnit } from '../camera/seeded-noise.ts';
import type { AtmosphereEffect, AtmosphereKind, ClipEvent, DirectorNote, FrameSpan } from './plan.ts';
import type { AtmosphereWish } from './read-atmosphere.ts';
import type { PromptReading } from './read-prompt.ts';
import type { ShotWeather } from './weather-by-shot.ts';

/** In the order in which they are drawn: what lies in the distance first. */
const KINDS: readonly AtmosphereKind[] = ['gloom', 'fog', 'rays', 'rain', 'snow', 'dust', 'embers'];

const LEAST_STRENGTH = 0.3;
const MOST_STRENGTH = 1.8;
/** Still air is never quite still. */
const CALM_WIND = 0.12;

/** @param weather What each shot asks for; all that the prompt asks for, over the whole clip, when omitted. */
export function chooseAtmosphere(
  { atmosphere: { wishes: all, wind, windSide } }: PromptReading,
  seed: number,
  weather: readonly ShotWeather[] = [{ span: undefined, wishes: all }],
): readonly AtmosphereEffect[] {
  const side = windSide ?? (seededUnit(seed, 'wind side') < 0.5 ? -1 : 1);
  const blows = wind ?? CALM_WIND * (1 + seededUnit(seed, 'wind'));
  return KINDS.flatMap((kind) => {
    const effects: { kind: AtmosphereKind; strength: number; wind: number; span?: FrameSpan }[] = [];
    for (const { span, wishes } of weather) {
      const asked = strengthsOf(kind, wishes);
      if (asked.length === 0) continue;
      const strength = round(Math.min(MOST_STRENGTH, Math.max(LEAST_STRENGTH, ...asked)));
      const before = effects.at(-1);
      // What goes on in the next shot is one effect, which no cut interrupts.
      if (before?.span !== undefined && before.strength === strength && touches(before.span, span!))
        before.span = { ...before.span, frameCount: before.span.frameCount + span!.frameCount };
      else effects.push({ kind, strength, wind: round(side * blows), ...(span && { span }) });
    }
    const frames = weather.reduce((sum, { span }) => sum + (span?.frameCount ?? 0), 0);
    return effects.map(({ span, ...effect }) =>
      span === undefined || span.frameCount === frames ? effect : { ...effect, span },
    );
  });
}

const strengthsOf = (kind: AtmosphereKind, wishes: readonly AtmosphereWish[]): readonly number[] =>
  wishes.flatMap(({ effects, factor }) =>
    effects.filter((effect) => sourceOf(kind) === effect.kind).map(({ strength }) => strength * factor),
  );

/** It is dark where there is lightning. */
const sourceOf = (kind: AtmosphereKind): AtmosphereKind | 'lightning' =>
  kind === 'gloom' ? 'lightning' : kind;

const touches = (span: FrameSpan, next: FrameSpan): boolean =>
  span.firstFrame + span.frameCount === next.firstFrame;

/** Light is not blown about. */
const isCarried = (kind: AtmosphereKind): boolean => kind !== 'rays' && kind !== 'gloom';

const isWithin = ({ firstFrame, frameCount }: FrameSpan, frame: number): boolean =>
  frame >= firstFrame && frame < firstFrame + frameCount;

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

const NAMES: Readonly<Record<AtmosphereKind, string>> = {
  gloom: 'the dark light of a storm',
  fog: 'fog',
  rays: 'rays of light',
  rain: 'rain',
  snow: 'snow',
  dust: 'dust in the light',
  embers: 'rising embers',
};

export interface AtmosphereNotesInput {
  readonly reading: PromptReading;
  readonly weather: readonly ShotWeather[];
  readonly atmosphere: readonly AtmosphereEffect[];
  readonly events: readonly ClipEvent[];
}

/** What is drawn of each wish, and what was left out because the prompt says so. */
export function writeAtmosphereNotes({
  reading: { atmosphere: reading },
  weather,
  atmosphere,
  events,
}: AtmosphereNotesInput): readonly DirectorNote[] {
  const flashes = events.filter(({ kind }) => kind === 'lightning');
  const nameOf = (kind: AtmosphereKind | 'lightning', spans: readonly FrameSpan[]): string => {
    if (kind === 'lightning')
      return `lightning at ${flashes.map(({ timeSeconds }) => `${timeSeconds.toFixed(1)} s`).join(' and ')}, under a darker sky where it is bright`;
    const isMeant = ({ span }: AtmosphereEffect) =>
      span === undefined || spans.some(({ firstFrame }) => isWithin(span, firstFrame));
    const { strength } = atmosphere.find((effect) => effect.kind === kind && isMeant(effect))!;
    return `${NAMES[kind]} at ${strength.toFixed(2)} of the usual strength`;
  };
  const messages: string[] = [];
  for (const wish of reading.wishes) {
    const shots = weather.flatMap(({ span, wishes }, i) =>
      span !== undefined && wishes.includes(wish) ? [{ number: i + 1, span }] : [],
    );
    if (shots.length === 0 && weather[0]!.span !== undefined) continue;
    const spans = shots.map(({ span }) => span);
    const where = shots.length === 0 ? '' : `, in shot ${shots.map(({ number }) => number).join(' and ')}`;
    const names = wish.effects.map(({ kind }) => nameOf(kind, spans)).join(', with ');
    messages.push(`"${wish.text}": ${names}${where}.`);
  }
  for (const [i, { wishes }] of weather.entries()) {
    if (i > 0 && wishes.length === 0 && weather[i - 1]!.wishes.length > 0)
      messages.push(`From shot ${i + 1} on the weather of the shots before it is over.`);
  }
  const blown = atmosphere.filter(({ kind }) => isCarried(kind)).map(({ kind }) => NAMES[kind]);
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
