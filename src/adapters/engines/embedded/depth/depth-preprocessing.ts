/**
 * How a picture is prepared for a depth network: its size, and what its colours are shifted and scaled by. Read from the
 * `preprocessor_config.json` that is published with a network (Hugging Face's DPTImageProcessor); what it leaves out, and
 * everything where there is none, is as Depth Anything wants it.
 */
import { readFile } from 'node:fs/promises';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { FrameSize } from '#domain/media/frame-size.ts';

type Colour = readonly [red: number, green: number, blue: number];

export interface DepthPreprocessing {
  /** The picture fills this box: its long side where the aspect ratio is kept, else the whole of it. */
  readonly box: FrameSize;
  readonly keepsAspectRatio: boolean;
  /** Both sides are multiples of this: the size of the patches that the network sees. */
  readonly multipleOf: number;
  /** Of a colour of 0..255, before mean and deviation. */
  readonly scale: number;
  readonly mean: Colour;
  readonly deviation: Colour;
}

const IMAGENET_MEAN: Colour = [0.485, 0.456, 0.406];
const IMAGENET_DEVIATION: Colour = [0.229, 0.224, 0.225];

export const DEFAULT_PREPROCESSING: DepthPreprocessing = {
  box: { width: 518, height: 518 },
  keepsAspectRatio: true,
  multipleOf: 14,
  scale: 1 / 255,
  mean: IMAGENET_MEAN,
  deviation: IMAGENET_DEVIATION,
};

const SIDE = Type.Integer({ minimum: 1, maximum: 4096 });
const COLOUR = Type.Tuple([Type.Number(), Type.Number(), Type.Number()]);

/** The keys that are heeded; published files have more. */
const PREPROCESSOR_CONFIG = Type.Object({
  size: Type.Optional(Type.Union([SIDE, Type.Object({ width: SIDE, height: SIDE })])),
  keep_aspect_ratio: Type.Optional(Type.Boolean()),
  ensure_multiple_of: Type.Optional(SIDE),
  do_rescale: Type.Optional(Type.Boolean()),
  rescale_factor: Type.Optional(Type.Number()),
  do_normalize: Type.Optional(Type.Boolean()),
  image_mean: Type.Optional(COLOUR),
  image_std: Type.Optional(COLOUR),
});

/** @throws Error when there is a file that cannot be understood. */
export async function readPreprocessing(filePath: string | undefined): Promise<DepthPreprocessing> {
  if (filePath === undefined) return DEFAULT_PREPROCESSING;
  const config = parseConfig(await readFile(filePath, 'utf8'));
  const { size, do_rescale: rescales = true, do_normalize: normalises = true } = config;
  const usual = DEFAULT_PREPROCESSING;
  return {
    box: typeof size === 'number' ? { width: size, height: size } : (size ?? usual.box),
    keepsAspectRatio: config.keep_aspect_ratio ?? usual.keepsAspectRatio,
    multipleOf: config.ensure_multiple_of ?? usual.multipleOf,
    scale: rescales ? (config.rescale_factor ?? usual.scale) : 1,
    mean: normalises ? (config.image_mean ?? usual.mean) : [0, 0, 0],
    deviation: normalises ? (config.image_std ?? usual.deviation) : [1, 1, 1],
  };
}

function parseConfig(text: string): Static<typeof PREPROCESSOR_CONFIG> {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (cause) {
    throw new Error('preprocessor_config.json is not valid JSON', { cause });
  }
  if (Value.Check(PREPROCESSOR_CONFIG, config)) return config;
  const [fault] = Value.Errors(PREPROCESSOR_CONFIG, config);
  throw new Error(
    `preprocessor_config.json${fault?.instancePath ?? ''} ${fault?.message ?? 'is not understood'}`,
  );
}

/** The size at which a network sees a picture. */
export function networkSize(picture: FrameSize, preprocessing: DepthPreprocessing): FrameSize {
  const { box, keepsAspectRatio, multipleOf } = preprocessing;
  const across = box.width / picture.width;
  const down = box.height / picture.height;
  const scale = Math.min(across, down);
  const sideOf = (length: number): number =>
    Math.max(multipleOf, Math.round(length / multipleOf) * multipleOf);
  return {
    width: sideOf(picture.width * (keepsAspectRatio ? scale : across)),
    height: sideOf(picture.height * (keepsAspectRatio ? scale : down)),
  };
}

/** The picture's colours as the network takes them: all red values row by row, then green, then blue. `rgb` holds 3 bytes a pixel. */
export function toNetworkInput(
  rgb: Uint8Array,
  { scale, mean, deviation }: DepthPreprocessing,
): Float32Array<ArrayBuffer> {
  const pixels = rgb.length / 3;
  const input = new Float32Array(rgb.length);
  for (let channel = 0; channel < 3; channel++) {
    const factor = scale / deviation[channel]!;
    const shift = mean[channel]! / deviation[channel]!;
    for (let pixel = 0; pixel < pixels; pixel++)
      input[channel * pixels + pixel] = rgb[3 * pixel + channel]! * factor - shift;
  }
  return input;
}
