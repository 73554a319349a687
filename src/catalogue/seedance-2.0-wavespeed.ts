/** Seedance 2.0 and its faster tiers as WaveSpeed sells them. */
import { usd } from '#domain/money.ts';
import type { Endpoint } from './endpoint.ts';
import {
  aspectRatioField,
  durationRangeField,
  durationStepsField,
  generateAudioField,
  imageField,
  imagesField,
  lastImageField,
  promptField,
  resolutionField,
  seedField,
  webSearchField,
} from './field.ts';

const START_IMAGE = {
  title: 'Image',
  description: 'The picture to animate; the clip starts on it.',
} as const;

const FAST_SPICY: Endpoint = {
  protocol: 'wavespeed',
  id: 'bytedance/seedance-2.0-fast/image-to-video-spicy',
  title: 'Seedance 2.0 Fast, image to video (spicy)',
  description:
    'The quick, cheaper tier with bold motion and rich tonal contrast: for many tries and large batches.',
  type: 'image-to-video',
  family: 'Seedance 2.0',
  tier: 'fast',
  style: 'spicy',
  fields: [
    imageField('image', { required: true, ...START_IMAGE }),
    promptField({ required: false }),
    lastImageField('last_image'),
    aspectRatioField({ values: ['16:9', '9:16', '4:3', '3:4', '1:1', '21:9'], auto: false }),
    resolutionField({ values: ['480p', '720p', '1080p'], default: '720p' }),
    durationRangeField({ minimum: 4, maximum: 15, default: 5 }),
    generateAudioField(),
    seedField({ random: -1 }),
  ],
  rules: [],
  longestDurationSeconds: 15,
  price: {
    kind: 'perSecond',
    rates: {
      '480p': { withAudio: usd('0.10'), silent: usd('0.05') },
      '720p': { withAudio: usd('0.20'), silent: usd('0.10') },
      '1080p': { withAudio: usd('0.50'), silent: usd('0.25') },
    },
  },
  page: {
    features: [
      'Quick turnaround at a lower price than the standard spicy tier.',
      'Vivid motion, stable look, natural transitions.',
      '480p, 720p or 1080p, any whole length from 4 to 15 seconds, optional end frame.',
      'Sound by default; half the price without it.',
    ],
    notes: [
      'A clear, well-lit picture works best.',
      'Choose the ratio of the picture to avoid a crop.',
      'Iterate here; move to a standard tier for the final cut.',
    ],
    related: ['bytedance/seedance-v1.5-pro/image-to-video-spicy', 'bytedance/seedance-2.0/image-to-video'],
  },
};

const STANDARD: Endpoint = {
  protocol: 'wavespeed',
  id: 'bytedance/seedance-2.0/image-to-video',
  title: 'Seedance 2.0, image to video',
  description: 'Cinematic clips from one to four pictures and a prompt, with sound, at the standard tier.',
  type: 'image-to-video',
  family: 'Seedance 2.0',
  tier: 'standard',
  style: 'natural',
  fields: [
    imagesField('images', {
      required: false,
      maxItems: 4,
      title: 'Images',
      description: 'One to four pictures that set subject, style and composition; the first opens the clip.',
    }),
    promptField({ required: true }),
    durationStepsField({ values: [5, 10, 15], default: 5, accepted: { minimum: 4, maximum: 15 } }),
    imageField('image', {
      required: false,
      hidden: true,
      title: 'Image',
      description: 'In place of images: the picture to start on.',
    }),
    lastImageField('last_image', { hidden: true }),
  ],
  rules: [
    { kind: 'atLeastOne', names: ['images', 'image'] },
    { kind: 'needs', name: 'last_image', needs: ['image', 'images'] },
  ],
  fixedResolution: '720p',
  longestDurationSeconds: 15,
  price: { kind: 'perSecond', rates: { '720p': { withAudio: usd('0.24'), silent: usd('0.24') } } },
  page: {
    features: [
      'Up to four pictures guide subject, style and scene.',
      'Camera, light and performance are directed by the prompt.',
      'The picture is kept: subject, composition, light. The clip takes its shape.',
      'Sound is part of every clip.',
    ],
    notes: [
      '5, 10 or 15 seconds as printed; any whole length from 4 to 15 is accepted at the same rate.',
      'Start with 5 seconds, then extend.',
    ],
    related: [
      'bytedance/seedance-2.0-mini/image-to-video',
      'bytedance/seedance-2.0-fast/image-to-video-spicy',
    ],
  },
};

const MINI: Endpoint = {
  protocol: 'wavespeed',
  id: 'bytedance/seedance-2.0-mini/image-to-video',
  title: 'Seedance 2.0 Mini, image to video',
  description: 'The smallest and cheapest tier of Seedance 2.0, at half the standard price.',
  type: 'image-to-video',
  family: 'Seedance 2.0',
  tier: 'mini',
  style: 'natural',
  fields: [
    promptField({ required: true }),
    imageField('image', { required: true, ...START_IMAGE }),
    lastImageField('last_image'),
    aspectRatioField({ values: ['16:9', '9:16', '4:3', '3:4', '1:1', '21:9'], auto: false }),
    resolutionField({ values: ['480p', '720p', '1080p'], default: '720p' }),
    durationRangeField({ minimum: 4, maximum: 15, default: 5 }),
    webSearchField(),
    generateAudioField(),
  ],
  rules: [],
  longestDurationSeconds: 15,
  price: {
    kind: 'perSecond',
    rates: {
      '480p': { withAudio: usd('0.06'), silent: usd('0.06') },
      '720p': { withAudio: usd('0.12'), silent: usd('0.12') },
      '1080p': { withAudio: usd('0.30'), silent: usd('0.30') },
    },
    ownReading:
      'The page prints no table, only "50 % of standard": 720p is half of Seedance 2.0; 480p and 1080p keep the steps of the fast tier (x 0.5 and x 2.5).',
  },
  page: {
    features: [
      'Half the price of the standard tier.',
      'Cuts, camera words and a consistent subject, as in the larger tiers.',
    ],
    notes: ['Good for social clips, product shots and drafts.'],
    related: ['bytedance/seedance-2.0/image-to-video', 'bytedance/seedance-2.0-fast/image-to-video-spicy'],
  },
};

export const SEEDANCE_2_0_WAVESPEED: readonly Endpoint[] = [FAST_SPICY, STANDARD, MINI];
