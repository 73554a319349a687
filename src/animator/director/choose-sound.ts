/** Chooses the ambience and the sounds on moments, from the prompt's words, the scene and what the camera does. */
import { FRAME_RATE } from '#domain/media/clip-spec.ts';
import { fastestMoment } from '../camera/easing.ts';
import { seededUnit } from '../camera/seeded-noise.ts';
import type { Scene } from '../scene/scene.ts';
import type { Ambience, AmbienceName, Shot, SoundEvent } from './plan.ts';
import type { PromptReading } from './read-prompt.ts';

/** Levels of the first and the second ambience, and of the pad under them or alone; decibels below the clip's loudness. */
const FIRST_LEVEL = -3;
const SECOND_LEVEL = -8;
const PAD_UNDER_LEVEL = -14;
const PAD_ALONE_LEVEL = -6;

export function chooseAmbience(
  reading: PromptReading,
  scene: Scene,
  style: 'natural' | 'spicy',
): readonly Ambience[] {
  if (reading.isSilent) return [];
  const named = [...new Set(reading.sounds.flatMap(({ words }) => words.ambience ?? []))];
  const asksForPad = named.includes('pad');
  const places: AmbienceName[] = named.filter((name) => name !== 'pad').slice(0, 2);
  if (places.length === 0) places.push(...placeOf(scene));
  const ambience: Ambience[] = places.map((name, i) => ({
    name,
    levelDecibels: i === 0 ? FIRST_LEVEL : SECOND_LEVEL,
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
  readonly shots: readonly Shot[];
  readonly durationSeconds: number;
  readonly seed: number;
  readonly style: 'natural' | 'spicy';
}

/** In order of time, all within the clip. */
export function chooseEvents(input: EventInput): readonly SoundEvent[] {
  if (input.reading.isSilent) return [];
  const asked = new Set(input.reading.sounds.flatMap(({ words }) => words.event ?? []));
  const events = [
    ...cameraEvents(input),
    ...(asked.has('thunder') ? thunder(input) : []),
    ...(asked.has('footstep') ? steadyEvents('footstep', 1.9, input) : []),
    ...(asked.has('heartbeat') ? steadyEvents('heartbeat', 1.2, input) : []),
  ];
  return events
    .map((event) => ({ ...event, timeSeconds: Math.round(event.timeSeconds * 1e6) / 1e6 }))
    .filter(({ timeSeconds }) => timeSeconds >= 0 && timeSeconds < input.durationSeconds)
    .sort((a, b) => a.timeSeconds - b.timeSeconds);
}

/** A whoosh where a strong move is fastest, an impact on every cut. */
function cameraEvents({ shots, style }: EventInput): readonly SoundEvent[] {
  return shots.flatMap((shot) => {
    const events: SoundEvent[] = [];
    const isCut = shot.firstFrame > 0 && shot.after === undefined;
    if (isCut) {
      events.push({
        timeSeconds: shot.firstFrame / FRAME_RATE,
        kind: 'impact',
        strength: style === 'spicy' ? 0.8 : 0.4,
      });
    }
    const strongest = Math.max(
      ...shot.moves.map(({ name, strength }) => (name === 'static' || name === 'handheld' ? 0 : strength)),
    );
    if (strongest >= HEARD_STRENGTH) {
      const frame = shot.firstFrame + fastestMoment(shot.easing) * (shot.frameCount - 1);
      const strength = Math.min(1, strongest / FULL_WHOOSH_STRENGTH);
      events.push({ timeSeconds: frame / FRAME_RATE, kind: 'whoosh', strength });
    }
    return events;
  });
}

/** One clap for every eight seconds begun, each somewhere in the middle of its share of the clip. */
function thunder({ durationSeconds, seed }: EventInput): readonly SoundEvent[] {
  const claps = Math.ceil(durationSeconds / 8);
  const share = durationSeconds / claps;
  return Array.from({ length: claps }, (_, i) => ({
    timeSeconds: share * (i + 0.2 + 0.4 * seededUnit(seed, 'thunder', i)),
    kind: 'thunder',
    strength: 0.7 + 0.3 * seededUnit(seed, 'thunder strength', i),
  }));
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
