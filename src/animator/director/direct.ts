/**
 * The director: turns a request into a plan. A pure function: the same prompt, scenes, clip and seed give the same
 * plan, to the last digit. A wish that cannot be met is never an error; it is done in part or left out, and the notes
 * say so.
 */
import { frameCount } from '#domain/media/clip-spec.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Scene } from '../scene/scene.ts';
import { chooseArrival } from './choose-arrival.ts';
import { chooseAtmosphere, writeAtmosphereNotes } from './choose-atmosphere.ts';
import { chooseFluids } from './choose-fluids.ts';
import type { ShotSource } from './choose-framing.ts';
import { chooseAmbience, chooseEvents } from './choose-sound.ts';
import { chooseTone } from './choose-tone.ts';
import { composeShots } from './compose-shots.ts';
import type { DirectorNote, Plan } from './plan.ts';
import { planShots } from './plan-shots.ts';
import { readPrompt } from './read-prompt.ts';
import { writeHintNotes } from './read-scene-hints.ts';
import { weatherByShot } from './weather-by-shot.ts';
import { writeNotes } from './write-notes.ts';

export interface DirectorInput {
  readonly prompt: string;
  /** One per picture in order, then the last image's when `hasLastImage`. At least one picture. */
  readonly scenes: readonly Scene[];
  readonly size: FrameSize;
  readonly durationSeconds: number;
  /** Counts for more than anything the prompt says. */
  readonly cameraFixed: boolean;
  readonly hasLastImage: boolean;
  readonly seed: number;
  readonly style: 'natural' | 'spicy';
  /** What shots can be taken of each picture, for prompts with several shots; only the whole of it when omitted. */
  readonly details?: readonly Omit<ShotSource, 'scene'>[];
  /** Share 0..1 of a picture that is recognised in the last image; none is when omitted. */
  readonly correspondence?: (stillIndex: number) => number;
}

const SHARP_MORPH: DirectorNote = {
  kind: 'clamped',
  message: 'On the way into the end picture everything is sharp: there is no lens blur between two pictures.',
};

const NO_DETAILS: Omit<ShotSource, 'scene'> = { pointsOfInterest: [], enlargement: 1 };

export function direct(input: DirectorInput): Plan {
  const { scenes, seed, style, hasLastImage } = input;
  const pictureScenes = hasLastImage ? scenes.slice(0, -1) : scenes;
  if (pictureScenes.length === 0) throw new RangeError('A plan needs the scene of at least one picture.');
  const reading = readPrompt(input.prompt);
  const sources = pictureScenes.map((scene, i) => ({ scene, ...(input.details?.[i] ?? NO_DETAILS) }));
  const { drafts, endWhip, notes } = composeShots({ ...input, reading, sources });
  const choice = hasLastImage
    ? chooseArrival({
        ...input,
        asked: reading.arrival,
        whip: endWhip,
        correspondence: input.correspondence?.(drafts.at(-1)!.stillIndex) ?? 0,
      })
    : undefined;
  const isLensIdle = choice?.kind === 'morph' && drafts.at(-1)!.focus !== undefined;
  const frames = frameCount(input.durationSeconds);
  const timeline = planShots(
    isLensIdle ? [...drafts.slice(0, -1), { ...drafts.at(-1)!, focus: undefined }] : drafts,
    frames,
    choice && { kind: choice.kind, side: choice.side, stillIndex: scenes.length - 1 },
  );
  const { shots, arrival } = timeline;
  const weather = weatherByShot(reading, timeline.drafts, timeline.spans);
  const atmosphere = chooseAtmosphere(reading, seed, weather);
  const ambience = chooseAmbience(reading, pictureScenes[0]!, style, atmosphere);
  const events = chooseEvents({
    reading,
    weather,
    shots,
    arrival,
    durationSeconds: input.durationSeconds,
    seed,
    style,
  });
  const fluids = chooseFluids({ reading, scenes, seed, style });
  const tone = chooseTone(reading.tone, style, drafts.length);
  return {
    size: input.size,
    frameCount: frames,
    seed,
    style,
    shots,
    arrival,
    fluids: fluids.fluids,
    ambience,
    events,
    atmosphere,
    looks: tone.looks,
    notes: writeNotes({
      reading,
      timeline,
      remarks: [
        ...writeHintNotes(input.prompt),
        ...notes,
        ...(choice?.notes ?? []),
        ...(isLensIdle ? [SHARP_MORPH] : []),
        ...fluids.notes,
        ...writeAtmosphereNotes({ reading, weather, atmosphere, events }),
        ...tone.notes,
      ],
      scenes,
      cameraFixed: input.cameraFixed,
      ambience,
    }),
  };
}
