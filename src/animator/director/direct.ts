/**
 * The director: turns a request into a plan. A pure function: the same prompt, scenes, clip and seed give the same plan, to the last digit.
 * A wish that cannot be met is never an error; it is done in part or left out, and the notes say so.
 */
import { frameCount } from '#domain/media/clip-spec.ts';
import type { FrameSize } from '#domain/media/frame-size.ts';
import type { Scene } from '../scene/scene.ts';
import { castDefault, castWishes, FIXED_CAMERA, type Phase } from './cast-moves.ts';
import { chooseAmbience, chooseEvents } from './choose-sound.ts';
import type { Plan } from './plan.ts';
import { planShots } from './plan-shots.ts';
import { type PromptReading, readPrompt } from './read-prompt.ts';
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
}

export function direct(input: DirectorInput): Plan {
  const { scenes, seed, style, hasLastImage } = input;
  const pictureScenes = hasLastImage ? scenes.slice(0, -1) : scenes;
  if (pictureScenes.length === 0) throw new RangeError('A plan needs the scene of at least one picture.');
  const reading = readPrompt(input.prompt);
  const pictures = castPictures(input, reading, pictureScenes);
  const frames = frameCount(input.durationSeconds);
  const { shots, arrival, dropped } = planShots(pictures, frames, hasLastImage);
  const ambience = chooseAmbience(reading, pictureScenes[0]!, style);
  return {
    size: input.size,
    frameCount: frames,
    seed,
    style,
    shots,
    arrival,
    ambience,
    events: chooseEvents({ reading, shots, durationSeconds: input.durationSeconds, seed, style }),
    notes: writeNotes({
      reading,
      pictures,
      dropped,
      scenes,
      cameraFixed: input.cameraFixed,
      arrival,
      ambience,
    }),
  };
}

/** The phases of every picture: the prompt's in order, spread over the pictures, or the director's own choice for each. */
function castPictures(
  input: DirectorInput,
  reading: PromptReading,
  scenes: readonly Scene[],
): readonly (readonly Phase[])[] {
  if (input.cameraFixed) return scenes.map(() => [FIXED_CAMERA]);
  const asked = castWishes(reading.wishes, input);
  if (asked.length === 0) return scenes.map((scene, i) => [castDefault(scene, i, reading, input)]);
  return scenes.map((_, i) => {
    const first = Math.floor((i * asked.length) / scenes.length);
    const end = Math.floor(((i + 1) * asked.length) / scenes.length);
    return asked.slice(first, Math.max(first + 1, end));
  });
}
