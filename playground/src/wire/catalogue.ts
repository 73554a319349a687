/** The models of this server as its catalogue publishes them: everything that a form, a price and a page are drawn from. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './api-client.ts';
import type { JsonObject, JsonValue } from './json.ts';

export type Protocol = 'wavespeed' | 'fal';

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

/** The part of JSON Schema that the catalogue writes. */
export interface FieldSchema {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array';
  readonly title: string;
  readonly description: string;
  readonly default?: JsonValue;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly 'x-ui-component'?: string;
  readonly 'x-accept'?: string;
  readonly 'x-hidden'?: boolean;
}

export interface InputSchema {
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required: readonly string[];
  readonly 'x-order-properties': readonly string[];
}

export type InputRule =
  | { readonly kind: 'atLeastOne'; readonly names: readonly string[] }
  | { readonly kind: 'atMostTogether'; readonly names: readonly string[]; readonly maxItems: number }
  | { readonly kind: 'needs'; readonly name: string; readonly needs: readonly string[] };

/** Rates are exact decimal USD text. */
export type PriceRule =
  | {
      readonly kind: 'perSecond';
      readonly rates: Readonly<Record<string, { readonly withAudio: string; readonly silent: string }>>;
      /** Where the project filled a table in that the model's page leaves open. */
      readonly ownReading?: string;
    }
  | { readonly kind: 'perToken'; readonly ratePerThousandTokens: string };

export interface Model {
  readonly protocol: Protocol;
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly family: string;
  readonly tier: 'standard' | 'fast' | 'mini';
  readonly style: 'natural' | 'spicy';
  readonly submitPath: string;
  readonly schema: InputSchema;
  readonly roles: Readonly<Record<string, FieldRole>>;
  readonly rules: readonly InputRule[];
  readonly longestDurationSeconds: number;
  readonly fixedResolution?: string;
  readonly price: PriceRule;
  readonly priceFrom: { readonly amount: string; readonly explanation: string };
  readonly features: readonly string[];
  readonly notes: readonly string[];
  /** Ids of models of the same protocol. */
  readonly related: readonly string[];
  readonly engine: { readonly name: string; readonly readsPrompts: boolean };
}

export interface Catalogue {
  readonly models: readonly Model[];
  /** Pictures that every installation has, to try a model with. */
  readonly examples?: readonly {
    readonly title: string;
    readonly imageUrlPath: string;
    readonly prompt: string;
  }[];
  /** Pixels by resolution and ratio. */
  readonly frameSizes: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
}

export type ModelInput = JsonObject;

export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: ({ signal }) => request<Catalogue>('GET', '/catalogue', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const useCatalogue = () => useQuery(catalogueQuery);

export const sameModel = (
  { protocol, id }: Pick<Model, 'protocol' | 'id'>,
  other: Pick<Model, 'protocol' | 'id'>,
): boolean => protocol === other.protocol && id === other.id;

/** The name of the field that plays a part, undefined where the model has none. */
export const fieldOfRole = (model: Model, role: FieldRole): string | undefined =>
  model.schema['x-order-properties'].find((name) => model.roles[name] === role);

/** Where the gallery's clip and its first frame lie. */
export function previewPaths({ protocol, id }: Pick<Model, 'protocol' | 'id'>) {
  const base = `/previews/${protocol}-${id.replaceAll('/', '-')}`;
  return { clip: `${base}.mp4`, poster: `${base}.jpg` };
}
