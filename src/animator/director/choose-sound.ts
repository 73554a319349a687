/** Chooses the ambience and the sounds on moments, from the prompt's words, the scene and what the camera does. */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { fastestMoment, snapMoment } from '../camera/easing.ts';
import { MOVE_PARAMETERS, WALK } from '../camera/grammar.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { Scene } from '../scene/scene.ts';
import type {
  Ambience,
  AmbienceName,
  Arrival,
  AtmosphereEffect,
  ClipEvent,
  Move,
  Shot,
  SoundEvent,
} from './plan.ts';
import type { PromptReading } from './read-prompt.ts';
import type { ShotWeather } from './weather-by-shot.ts';

/** Levels of the first and the second ambience, and of the pad under them or alone; decibels below the clip's loudness. */
const FIRST_LEVEL = -3;
const SECOND_LEVEL = -8;
const PAD_UNDER_LEVEL = -14;
const PAD_ALONE_LEVEL = -6;

export function chooseAmbience(
  reading: PromptReading,
  scene: Scene,
  style: 'natural' | 'spicy',
  atmosphere: readonly AtmosphereEffect[],
): readonly Ambience[] {
  if (reading.isSilent) return [];
  const named = [...new Set(reading.sounds.flatMap(({ words }) => words.ambience ?? []))];
  const asksForPad = named.includes('pad');
  const places: AmbienceName[] = named.filter((name) => name !== 'pad').slice(0, 2);
  if (places.length === 0) places.push(...placeOf(scene));
  const rainSpans = atmosphere.filter(({ kind }) => kind === 'rain').flatMap(({ span }) => span ?? []);
  const ambience: Ambience[] = places.map((name, i) => ({
    name,
    levelDecibels: i === 0 ? FIRST_LEVEL : SECOND_LEVEL,
    ...(name === 'rain' && rainSpans.length > 0 ? { spans: rainSpans } : {}),
  }));
  if (reading.forbidsMusic) return ambience;
  const isLead = asksForPad || places.length === 0;
  const under = PAD_UNDER_LEVEL + (style === 'spicy' ? 4 : 0);
  return [...ambience, { name: 'pad', levelDecibels: isLead ? PAD_ALONE_LEVEL : under }];
}

/** The sound of the place, where no word names one; a flat picture is no place. */
function placeOf({ confidence: { ground, subject, flat } }: Scene): readonly AmbienceName[] {
  if (ground >= 0.5 && ground >= subject) return ['wind'];
  return flat >= 0.5 ? [] : ['room'];
}

/** A move this strong is heard. */
const HEARD_STRENGTH = 1.5;
const FULL_WHOOSH_STRENGTH = 2.5;

export interface EventInput {
  readonly reading: PromptReading;
  readonly weather: readonly ShotWeather[];
  readonly shots: readonly Shot[];
  readonly arrival: Arrival | undefined;
  readonly durationSeconds: number;
  readonly seed: number;
  readonly style: 'natural' | 'spicy';
}

/** In order of time, all within the clip. Silence leaves what is seen. */
export function chooseEvents(input: EventInput): readonly ClipEvent[] {
  const { isSilent, sounds } = input.reading;
  const asked = new Set(isSilent ? [] : sounds.flatMap(({ words }) => words.event ?? []));
  const hasLightning = input.weather.some(isStormy);
  const events: ClipEvent[] = [
    ...(isSilent ? [] : [...cameraEvents(input), ...arrivalEvents(input)]),
    ...(hasLightning || asked.has('thunder') ? thunderstorm(input, hasLightning, asked.has('thunder')) : []),
    ...(asked.has('footstep') ? steadyEvents('footstep', WALK.stepsPerSecond, input) : []),
    ...(isSilent || asked.has('footstep') ? [] : walkEvents(input)),
    ...(asked.has('heartbeat') ? steadyEvents('heartbeat', 1.2, input) : []),
  ];
  return events
    .map((event) => ({ ...event, timeSeconds: Math.round(event.timeSeconds * 1e6) / 1e6 }))
    .filter(({ timeSeconds }) => timeSeconds >= 0 && timeSeconds < input.durationSeconds)
    .sort((a, b) => a.timeSeconds - b.timeSeconds);
}

/** A whoosh where a strong move is fastest, an impact on every cut and where a crash zoom hits, a whoosh over every whip. */
function cameraEvents({ shots, style }: EventInput): readonly SoundEvent[] {
  const hit = style === 'spicy' ? 0.8 : 0.4;
  return shots.flatMap((shot) => {
    const start = shot.firstFrame / FRAME_RATE;
    const events: SoundEvent[] = [];
    const isCut = shot.firstFrame > 0 && shot.after === undefined;
    if (isCut && shot.whip === undefined) events.push({ timeSeconds: start, kind: 'impact', strength: hit });
    if (shot.whip !== undefined) events.push({ timeSeconds: start, kind: 'whoosh', strength: 0.8 });
    const snapTime = start + snapMoment((shot.frameCount - 1) / FRAME_RATE);
    for (const { name } of shot.moves.filter((move) => MOVE_PARAMETERS[move.name].snaps)) {
      const kind = name === 'crash-zoom' ? 'impact' : 'whoosh';
      events.push({ timeSeconds: snapTime, kind, strength: Math.min(1, 2 * hit) });
    }
    const strongest = Math.max(0, ...shot.moves.filter(isHeard).map(({ strength }) => strength));
    if (strongest >= HEARD_STRENGTH) {
      const frame = shot.firstFrame + fastestMoment(shot.easing) * (shot.frameCount - 1);
      const strength = Math.min(1, strongest / FULL_WHOOSH_STRENGTH);
      events.push({ timeSeconds: frame / FRAME_RATE, kind: 'whoosh', strength });
    }
    return events;
  });
}

/** A whoosh where the end still is whipped or flared in; a fade is silent. */
function arrivalEvents({ arrival }: EventInput): readonly SoundEvent[] {
  if (arrival?.kind !== 'whip-pan' && arrival?.kind !== 'light-leak') return [];
  const strength = arrival.kind === 'whip-pan' ? 0.8 : 0.4;
  return [{ timeSeconds: arrival.firstFrame / FRAME_RATE, kind: 'whoosh', strength }];
}

/** Moves that glide; rest and unrest make no wind, and snaps have their own sounds. */
function isHeard({ name }: Move): boolean {
  const { handheld, walks, snaps } = MOVE_PARAMETERS[name];
  return name !== 'static' && !handheld && !walks && !snaps;
}

/** Footsteps under the shots in which the camera walks, in step with its bob. */
function walkEvents(input: EventInput): readonly SoundEvent[] {
  const walks = input.shots.filter(({ moves }) => moves.some(({ name }) => MOVE_PARAMETERS[name].walks));
  return steadyEvents('footstep', WALK.stepsPerSecond, input).filter(({ timeSeconds }) =>
    walks.some(({ firstFrame, frameCount }) => {
      const frame = timeSeconds * FRAME_RATE;
      return frame >= firstFrame && frame < firstFrame + frameCount;
    }),
  );
}

/** How long after the flash a storm's thunder is heard: it is 140 to 400 metres away. */
const NEAREST_THUNDER_SECONDS = 0.4;
const FARTHEST_THUNDER_SECONDS = 1.2;

const isStormy = ({ wishes }: ShotWeather): boolean =>
  wishes.some(({ effects }) => effects.some(({ kind }) => kind === 'lightning'));

/** The times of thunder and lightning, in seconds: the stormy shots, one after another as one where they follow on each other. */
function stormTimes({ weather, durationSeconds }: EventInput): readonly { start: number; end: number }[] {
  const times: { start: number; end: number }[] = [];
  for (const { span } of weather.filter(isStormy)) {
    if (span === undefined) return [{ start: 0, end: durationSeconds }];
    const start = span.firstFrame / FRAME_RATE;
    const end = start + span.frameCount / FRAME_RATE;
    if (times.at(-1)?.end === start) times.at(-1)!.end = end;
    else times.push({ start, end });
  }
  return times.length > 0 ? times : [{ start: 0, end: durationSeconds }];
}

/**
 * One stroke for every eight seconds begun, each somewhere in the middle of its share of the storm: its flash, and its
 * thunder a little later.
 */
function thunderstorm(input: EventInput, isSeen: boolean, isHeard: boolean): readonly ClipEvent[] {
  const { seed } = input;
  const moments = stormTimes(input).flatMap(({ start, end }) => {
    const strokes = Math.ceil((end - start) / 8);
    const share = (end - start) / strokes;
    return Array.from({ length: strokes }, (_, i) => ({ start: start + share * i, share }));
  });
  return moments.flatMap(({ start, share }, i): ClipEvent[] => {
    const timeSeconds = start + share * (0.2 + 0.4 * seededUnit(seed, 'thunder', i));
    const strength = 0.7 + 0.3 * seededUnit(seed, 'thunder strength', i);
    const range = FARTHEST_THUNDER_SECONDS - NEAREST_THUNDER_SECONDS;
    const later = isSeen ? NEAREST_THUNDER_SECONDS + range * seededUnit(seed, 'thunder distance', i) : 0;
    return [
      ...(isSeen ? [{ timeSeconds, kind: 'lightning', strength } as const] : []),
      ...(isHeard ? [{ timeSeconds: timeSeconds + later, kind: 'thunder', strength } as const] : []),
    ];
  });
}

/** Events at an even rate, each up to 4 % of a period early or late. */
function steadyEvents(
  kind: 'footstep' | 'heartbeat',
  hertz: number,
  input: EventInput,
): readonly SoundEvent[] {
  const count = Math.floor(input.durationSeconds * hertz);
  return Array.from({ length: count }, (_, i) => ({
    timeSeconds: (i + 0.5 + 0.08 * (seededUnit(input.seed, kind, i) - 0.5)) / hertz,
    kind,
    strength: 0.5,
  }));
}
