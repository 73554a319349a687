/**
 * The kinds of input field. Each builder returns the field as it is published (JSON Schema with form hints) and, where
 * clients in use send more than the page prints, the wider schema that is accepted. Nothing else knows a kind of field.
 */
import type { JsonObject } from '#domain/json.ts';
import { ASPECT_RATIOS, type AspectRatio } from '#domain/media/aspect-ratio.ts';
import type { Resolution } from '#domain/media/frame-size.ts';

/** What a field becomes in a `GenerationRequest`. */
export type FieldRole =
  | 'prompt'
  | 'image'
  | 'images'
  | 'lastImage'
  | 'referenceVideos'
  | 'referenceAudios'
  | 'resolution'
  | 'aspectRatio'
  | 'duration'
  | 'generateAudio'
  | 'cameraFixed'
  | 'webSearch'
  | 'seed'
  | 'endUserId';

export interface Field {
  /** As on the wire. */
  readonly name: string;
  readonly role: FieldRole;
  readonly required: boolean;
  /** Published JSON Schema of the property, with `title`, `description`, `default` and `x-` form hints. */
  readonly schema: JsonObject;
  /** What validation accepts instead, when that is more than what is published. */
  readonly accepted?: JsonObject;
}

interface FieldText {
  readonly title: string;
  readonly description: string;
}

/** Pictures are named by URL, `data:` URI or an uploaded file's URL. */
const IMAGE_ACCEPT = 'image/jpeg,image/png,image/webp,image/gif,image/avif';

export const promptField = (options: { required: boolean }): Field => ({
  name: 'prompt',
  role: 'prompt',
  required: options.required,
  schema: {
    type: 'string',
    title: 'Prompt',
    description: 'What happens in the clip: scene, action, camera movement and mood.',
    'x-ui-component': 'textarea',
    ...(options.required ? { minLength: 1 } : {}),
  },
});

const imageSchema = (text: FieldText): JsonObject => ({
  type: 'string',
  minLength: 1,
  ...text,
  'x-ui-component': 'uploader',
  'x-accept': IMAGE_ACCEPT,
});

export const imageField = (
  name: string,
  options: { required: boolean; hidden?: boolean } & FieldText,
): Field => ({
  name,
  role: 'image',
  required: options.required,
  schema: {
    ...imageSchema({ title: options.title, description: options.description }),
    ...(options.hidden === true ? { 'x-hidden': true } : {}),
  },
});

export const lastImageField = (name: string, options: { hidden?: boolean } = {}): Field => ({
  name,
  role: 'lastImage',
  required: false,
  schema: {
    ...imageSchema({ title: 'Last image', description: 'The picture that the clip ends on.' }),
    ...(options.hidden === true ? { 'x-hidden': true } : {}),
  },
});

const listField = (
  name: string,
  role: FieldRole,
  options: { required: boolean; maxItems: number; accept: string } & FieldText,
): Field => ({
  name,
  role,
  required: options.required,
  schema: {
    type: 'array',
    title: options.title,
    description: options.description,
    items: { type: 'string', minLength: 1 },
    ...(options.required ? { minItems: 1 } : {}),
    maxItems: options.maxItems,
    'x-ui-component': 'uploaders',
    'x-accept': options.accept,
  },
});

export const imagesField = (
  name: string,
  options: { required: boolean; maxItems: number } & FieldText,
): Field => listField(name, 'images', { ...options, accept: IMAGE_ACCEPT });

export const referenceVideosField = (name: string, options: { maxItems: number } & FieldText): Field =>
  listField(name, 'referenceVideos', { ...options, required: false, accept: 'video/mp4,video/quicktime' });

export const referenceAudiosField = (name: string, options: { maxItems: number } & FieldText): Field =>
  listField(name, 'referenceAudios', { ...options, required: false, accept: 'audio/mpeg,audio/wav' });

export const resolutionField = (options: { values: readonly Resolution[]; default: Resolution }): Field => ({
  name: 'resolution',
  role: 'resolution',
  required: false,
  schema: {
    type: 'string',
    title: 'Resolution',
    description: 'Size of the output; the price depends on it.',
    enum: options.values,
    default: options.default,
    'x-ui-component': 'select',
  },
});

/** `auto` stands for the picture's own ratio where the page prints it; otherwise leaving the field out means the same. */
export const aspectRatioField = (options: { values?: readonly AspectRatio[]; auto: boolean }): Field => ({
  name: 'aspect_ratio',
  role: 'aspectRatio',
  required: false,
  schema: {
    type: 'string',
    title: 'Aspect ratio',
    description: options.auto
      ? 'Shape of the output; auto keeps the shape of the picture.'
      : 'Shape of the output; left out, it follows the picture.',
    enum: [...(options.auto ? ['auto'] : []), ...(options.values ?? ASPECT_RATIOS)],
    ...(options.auto ? { default: 'auto' } : {}),
    'x-ui-component': 'select',
  },
});

const DURATION_TEXT: FieldText = { title: 'Duration', description: 'Length of the clip in whole seconds.' };

export const durationRangeField = (options: {
  minimum: number;
  maximum: number;
  default: number;
}): Field => ({
  name: 'duration',
  role: 'duration',
  required: false,
  schema: { type: 'integer', ...DURATION_TEXT, ...options, 'x-ui-component': 'slider' },
});

/** The page prints a few durations; every whole second between `minimum` and `maximum` is accepted at the same rate. */
export const durationStepsField = (options: {
  values: readonly number[];
  default: number;
  accepted: { minimum: number; maximum: number };
}): Field => ({
  name: 'duration',
  role: 'duration',
  required: false,
  schema: {
    type: 'integer',
    ...DURATION_TEXT,
    enum: options.values,
    default: options.default,
    'x-ui-component': 'select',
  },
  accepted: { type: 'integer', ...options.accepted, default: options.default },
});

/** fal carries durations as strings, `auto` among them. The AI SDK writes `5s` for five seconds. */
export const durationTextField = (options: { minimum: number; maximum: number }): Field => {
  const seconds = Array.from({ length: options.maximum - options.minimum + 1 }, (_, index) =>
    String(options.minimum + index),
  );
  const values = ['auto', ...seconds];
  return {
    name: 'duration',
    role: 'duration',
    required: false,
    schema: {
      type: 'string',
      title: 'Duration',
      description: 'Length of the clip in seconds; auto lets the engine choose by the prompt.',
      enum: values,
      default: 'auto',
      'x-ui-component': 'select',
    },
    accepted: { type: 'string', enum: [...values, ...seconds.map((text) => `${text}s`)], default: 'auto' },
  };
};

const switchField = (name: string, role: FieldRole, value: boolean, text: FieldText): Field => ({
  name,
  role,
  required: false,
  schema: { type: 'boolean', ...text, default: value },
});

export const generateAudioField = (): Field =>
  switchField('generate_audio', 'generateAudio', true, {
    title: 'Generate audio',
    description: 'Adds a sound track made for the picture; without it the file has no audio track.',
  });

export const cameraFixedField = (): Field =>
  switchField('camera_fixed', 'cameraFixed', false, {
    title: 'Fixed camera',
    description: 'Keeps the camera still, whatever the prompt asks of it.',
  });

export const webSearchField = (): Field =>
  switchField('enable_web_search', 'webSearch', false, {
    title: 'Web search',
    description: 'Lets an engine that can search the web look facts up first.',
  });

/** Asks for a random seed, on every endpoint. */
export const RANDOM_SEED = -1;

/** The same seed and inputs give the same clip. `random` is the value that asks for a random one, where the page prints one. */
export const seedField = (options: { random?: number } = {}): Field => ({
  name: 'seed',
  role: 'seed',
  required: false,
  schema: {
    type: 'integer',
    title: 'Seed',
    description:
      options.random === undefined
        ? 'Repeats a clip: the same seed and inputs give the same result.'
        : `Repeats a clip: the same seed and inputs give the same result. ${options.random} draws a random one.`,
    minimum: options.random ?? 0,
    maximum: 2147483647,
    ...(options.random === undefined ? {} : { default: options.random }),
    'x-ui-component': 'seed',
  },
  accepted: {
    type: 'integer',
    minimum: RANDOM_SEED,
    maximum: 2147483647,
    ...(options.random === undefined ? {} : { default: options.random }),
  },
});

export const endUserIdField = (): Field => ({
  name: 'end_user_id',
  role: 'endUserId',
  required: false,
  schema: {
    type: 'string',
    title: 'End user',
    description: 'Your own name for the person behind the request, for reports.',
    maxLength: 256,
    'x-hidden': true,
  },
});
