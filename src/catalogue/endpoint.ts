/**
 * What an endpoint is: data, and nothing but data. Validation, published schema, price, form, command-line flags and docs are
 * readers of it; no code anywhere compares a model's id.
 */
import type { EndpointKey } from '#domain/endpoint-key.ts';
import type { Resolution } from '#domain/media/frame-size.ts';
import type { Field } from './field.ts';
import type { PriceRule } from './price-rule.ts';

/** What the pages sell: `standard` is rendered at the engine's high quality, `fast` and `mini` at its quick one. */
export type Tier = 'standard' | 'fast' | 'mini';

/** What is true of an input beyond its single fields. */
export type InputRule =
  /** At least one of these fields must be given; a fault names the first. */
  | { readonly kind: 'atLeastOne'; readonly names: readonly [string, ...string[]] }
  /** These lists hold at most `maxItems` files between them. */
  | { readonly kind: 'atMostTogether'; readonly names: readonly string[]; readonly maxItems: number }
  /** `name` needs at least one of `needs` beside it. */
  | { readonly kind: 'needs'; readonly name: string; readonly needs: readonly string[] };

export interface Endpoint extends EndpointKey {
  /** Other ids under which clients call it; none when omitted. They are answered and stored as `id`. */
  readonly aliases?: readonly string[];
  readonly title: string;
  /** One sentence: what it is for. */
  readonly description: string;
  readonly type: 'image-to-video';
  /** Endpoints of one model family share it. */
  readonly family: string;
  readonly tier: Tier;
  /** `spicy` is bold motion and rich tonal contrast; it never changes what content is allowed. */
  readonly style: 'natural' | 'spicy';
  /** In the order in which a form shows them. */
  readonly fields: readonly Field[];
  readonly rules: readonly InputRule[];
  /** For endpoints without a resolution field. */
  readonly fixedResolution?: Resolution;
  /** The longest clip that `auto` may become. */
  readonly longestDurationSeconds: number;
  readonly price: PriceRule;
  readonly page: PageFacts;
}

/** What the model's page says besides its tables. */
export interface PageFacts {
  readonly features: readonly string[];
  readonly notes: readonly string[];
  /** Ids of sibling endpoints of the same protocol that are served here. */
  readonly related: readonly string[];
}
