/** Seedance 1.5 pro as WaveSpeed sells it. */
import { usd } from '#domain/money.ts';
import type { Endpoint } from './endpoint.ts';
import {
  aspectRatioField,
  cameraFixedField,
  durationRangeField,
  generateAudioField,
  imageField,
  lastImageField,
  promptField,
  resolutionField,
  seedField,
} from './field.ts';

export const SEEDANCE_V1_5_PRO: readonly Endpoint[] = [
  {
    protocol: 'wavespeed',
    id: 'bytedance/seedance-v1.5-pro/image-to-video-spicy',
    title: 'Seedance 1.5 Pro, image to video (spicy)',
    description:
      'Animates a picture with bold, expressive motion and rich tonal contrast, up to 12 seconds, with sound.',
    type: 'image-to-video',
    family: 'Seedance 1.5 Pro',
    tier: 'standard',
    style: 'spicy',
    fields: [
      imageField('image', {
        required: true,
        title: 'Image',
        description: 'The picture to animate; the clip starts on it.',
      }),
      promptField({ required: false }),
      lastImageField('last_image'),
      aspectRatioField({ auto: false }),
      durationRangeField({ minimum: 4, maximum: 12, default: 5 }),
      resolutionField({ values: ['720p', '480p', '1080p'], default: '720p' }),
      generateAudioField(),
      cameraFixedField(),
      seedField({ random: -1 }),
    ],
    rules: [],
    longestDurationSeconds: 12,
    price: {
      kind: 'perSecond',
      rates: {
        '480p': { withAudio: usd('0.024'), silent: usd('0.012') },
        '720p': { withAudio: usd('0.052'), silent: usd('0.026') },
        '1080p': { withAudio: usd('0.104'), silent: usd('0.052') },
      },
    },
    page: {
      features: [
        'Bold, expressive movement that stays stable from frame to frame.',
        '480p, 720p or 1080p, any whole length from 4 to 12 seconds.',
        'Optional end frame, optional fixed camera, optional sound at twice the silent price.',
      ],
      notes: [
        'A clear, well-lit picture works best.',
        'Choose the ratio of the picture to avoid a crop.',
        'Use camera_fixed for a tripod shot.',
        'Try short clips at 480p first, then scale up.',
      ],
      related: ['bytedance/seedance-2.0-fast/image-to-video-spicy', 'bytedance/seedance-2.0/image-to-video'],
    },
  },
];
