/** Seedance 2.0 as fal sells it: two tiers of two endpoints that differ in rate alone. */
import { type MicroDollars, usd } from '#domain/money.ts';
import type { Endpoint, Tier } from './endpoint.ts';
import {
  aspectRatioField,
  durationTextField,
  endUserIdField,
  generateAudioField,
  imageField,
  imagesField,
  lastImageField,
  promptField,
  referenceAudiosField,
  referenceVideosField,
  resolutionField,
  seedField,
} from './field.ts';

interface FalTier {
  readonly tier: Tier;
  readonly title: string;
  /** Between model and task in the id. */
  readonly infix: string;
  readonly ratePerThousandTokens: MicroDollars;
}

const STANDARD: FalTier = {
  tier: 'standard',
  title: 'Seedance 2.0',
  infix: '',
  ratePerThousandTokens: usd('0.014'),
};
const FAST: FalTier = {
  tier: 'fast',
  title: 'Seedance 2.0 Fast',
  infix: 'fast/',
  ratePerThousandTokens: usd('0.0112'),
};

const outputFields = () => [
  resolutionField({ values: ['480p', '720p'], default: '720p' }),
  durationTextField({ minimum: 4, maximum: 15 }),
  aspectRatioField({ auto: true }),
  generateAudioField(),
  seedField(),
  endUserIdField(),
];

const common = (falTier: FalTier) =>
  ({
    protocol: 'fal',
    type: 'image-to-video',
    family: 'Seedance 2.0',
    tier: falTier.tier,
    style: 'natural',
    longestDurationSeconds: 15,
    price: { kind: 'perToken', ratePerThousandTokens: falTier.ratePerThousandTokens },
  }) as const;

/**
 * The AI SDK calls every video model below `fal-ai/`; `fal/` is its older form. fal's site lists the models under `fal-ai/seedance-2`
 * as well.
 */
const idAndAliases = (falTier: FalTier, task: string) => {
  const id = `bytedance/seedance-2.0/${falTier.infix}${task}`;
  return { id, aliases: [`fal-ai/${id}`, `fal/${id}`, `fal-ai/seedance-2/${falTier.infix}${task}`] };
};

const imageToVideo = (falTier: FalTier): Endpoint => ({
  ...common(falTier),
  ...idAndAliases(falTier, 'image-to-video'),
  title: `${falTier.title}, image to video`,
  description: 'Animates one picture as the prompt directs, with sound; an end picture is optional.',
  fields: [
    promptField({ required: true }),
    imageField('image_url', {
      required: true,
      title: 'Image',
      description: 'The picture to start on: JPEG, PNG, WebP, GIF or AVIF, at most 30 MB.',
    }),
    lastImageField('end_image_url'),
    ...outputFields(),
  ],
  rules: [],
  page: {
    features: [
      'Sound at no extra cost.',
      'Camera directed by the prompt: dolly zoom, tracking, point of view, rack focus.',
      'Start and end frame: give both and the clip leads from one to the other.',
    ],
    notes: [
      'Billed by tokens of the real output: height x width x seconds x 24 / 1024.',
      'Fast and standard take the same input.',
    ],
    related: [`bytedance/seedance-2.0/${falTier.infix}reference-to-video`],
  },
});

const referenceToVideo = (falTier: FalTier): Endpoint => ({
  ...common(falTier),
  ...idAndAliases(falTier, 'reference-to-video'),
  title: `${falTier.title}, reference to video`,
  description:
    'Makes a clip from up to nine pictures, three films and three sounds that the prompt refers to.',
  fields: [
    promptField({ required: true }),
    imagesField('image_urls', {
      required: false,
      maxItems: 9,
      title: 'Images',
      description: 'Up to nine pictures; the prompt calls them @Image1, @Image2, ...',
    }),
    referenceVideosField('video_urls', {
      maxItems: 3,
      title: 'Videos',
      description: 'Up to three films; the prompt calls them @Video1, ...',
    }),
    referenceAudiosField('audio_urls', {
      maxItems: 3,
      title: 'Sounds',
      description: 'Up to three sounds beside a picture or film; the prompt calls them @Audio1, ...',
    }),
    ...outputFields(),
  ],
  rules: [
    { kind: 'needs', name: 'audio_urls', needs: ['image_urls', 'video_urls'] },
    { kind: 'atMostTogether', names: ['image_urls', 'video_urls', 'audio_urls'], maxItems: 12 },
  ],
  page: {
    features: ['Several references of several kinds in one prompt.'],
    notes: ['Use image-to-video to animate a single picture.', 'No end frame.'],
    related: [`bytedance/seedance-2.0/${falTier.infix}image-to-video`],
  },
});

export const SEEDANCE_2_0_FAL: readonly Endpoint[] = [FAST, STANDARD].flatMap((falTier) => [
  imageToVideo(falTier),
  referenceToVideo(falTier),
]);
