/** The least that a run of an endpoint costs: what a list of models says "from" of. */
import { ASPECT_RATIOS } from '#domain/media/aspect-ratio.ts';
import type { Resolution } from '#domain/media/frame-size.ts';
import type { Endpoint } from './endpoint.ts';
import type { FieldRole } from './field.ts';
import { type Quote, quote } from './price.ts';

/** Exact: the shortest clip of the published lengths, at the cheapest size, without sound where that is cheaper. */
export function priceFrom(endpoint: Endpoint): Quote {
  const resolutions = (schemaOf(endpoint, 'resolution')?.enum as readonly Resolution[] | undefined) ?? [
    endpoint.fixedResolution!,
  ];
  const durationSeconds = shortestDuration(endpoint);
  const mayBeSilent = schemaOf(endpoint, 'generateAudio') !== undefined;
  const quotes = resolutions.flatMap((resolution) =>
    ASPECT_RATIOS.map((aspectRatio) =>
      quote(endpoint, {
        resolution,
        aspectRatio,
        durationSeconds,
        longestDurationSeconds: endpoint.longestDurationSeconds,
        generateAudio: !mayBeSilent,
      }),
    ),
  );
  return quotes.reduce((least, each) => (each.price < least.price ? each : least));
}

const schemaOf = (endpoint: Endpoint, role: FieldRole) =>
  endpoint.fields.find((field) => field.role === role)?.schema;

function shortestDuration(endpoint: Endpoint): number {
  const schema = schemaOf(endpoint, 'duration')!;
  if (typeof schema.minimum === 'number') return schema.minimum;
  const lengths = (schema.enum as readonly (string | number)[]).map(Number);
  return Math.min(...lengths.filter((length) => !Number.isNaN(length)));
}
