/** An endpoint with all that a page about it is drawn from. Money is exact decimal USD text. */
import type { Endpoint, InputRule } from '#catalogue/endpoint.ts';
import type { FieldRole } from '#catalogue/field.ts';
import { inputSchema } from '#catalogue/input-schema.ts';
import { priceFrom } from '#catalogue/price-from.ts';
import type { PriceRule } from '#catalogue/price-rule.ts';
import type { Protocol } from '#domain/endpoint-key.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Resolution } from '#domain/media/frame-size.ts';
import { formatUsd } from '#domain/money.ts';
import type { Engine } from '#ports/engine.ts';

export interface ModelView {
  readonly protocol: Protocol;
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly family: string;
  readonly tier: string;
  readonly style: string;
  /** Where a run is asked for, by the protocol's own rules. */
  readonly submitPath: string;
  /** JSON Schema with form hints; `x-order-properties` is the order of the fields. */
  readonly schema: JsonObject;
  /** What each field is, whatever it is called. */
  readonly roles: Readonly<Record<string, FieldRole>>;
  readonly rules: readonly InputRule[];
  readonly longestDurationSeconds: number;
  readonly fixedResolution?: Resolution;
  readonly price: PriceView;
  /** The least that a run costs. */
  readonly priceFrom: { readonly amount: string; readonly explanation: string };
  readonly features: readonly string[];
  readonly notes: readonly string[];
  /** Ids of models of the same protocol. */
  readonly related: readonly string[];
  readonly engine: EngineView;
}

type PriceView =
  | {
      readonly kind: 'perSecond';
      readonly rates: Readonly<Record<string, { readonly withAudio: string; readonly silent: string }>>;
      readonly ownReading?: string;
    }
  | { readonly kind: 'perToken'; readonly ratePerThousandTokens: string };

/** Of an engine, what a form has to know. */
interface EngineView {
  readonly name: string;
  readonly maxImages: number;
  readonly needsImage: boolean;
  readonly lastImage: boolean;
  readonly referenceVideos: boolean;
  readonly referenceAudios: boolean;
  readonly readsPrompts: boolean;
}

const SUBMIT_PREFIXES: Readonly<Record<Protocol, string>> = { wavespeed: '/api/v3/', fal: '/fal/queue/' };

export function toModelView(endpoint: Endpoint, engine: Engine): ModelView {
  const { protocol, id, title, description, family, tier, style, fields, rules, page } = endpoint;
  const { price, explanation } = priceFrom(endpoint);
  return {
    protocol,
    id,
    title,
    description,
    family,
    tier,
    style,
    submitPath: SUBMIT_PREFIXES[protocol] + id,
    schema: inputSchema(endpoint),
    roles: Object.fromEntries(fields.map(({ name, role }) => [name, role])),
    rules,
    longestDurationSeconds: endpoint.longestDurationSeconds,
    ...(endpoint.fixedResolution === undefined ? {} : { fixedResolution: endpoint.fixedResolution }),
    price: priceView(endpoint.price),
    priceFrom: { amount: formatUsd(price), explanation },
    ...page,
    engine: engineView(engine),
  };
}

function priceView(rule: PriceRule): PriceView {
  if (rule.kind === 'perToken')
    return { kind: 'perToken', ratePerThousandTokens: formatUsd(rule.ratePerThousandTokens) };
  const rates = Object.entries(rule.rates).map(([resolution, { withAudio, silent }]) => [
    resolution,
    { withAudio: formatUsd(withAudio), silent: formatUsd(silent) },
  ]);
  return {
    kind: 'perSecond',
    rates: Object.fromEntries(rates),
    ...(rule.ownReading === undefined ? {} : { ownReading: rule.ownReading }),
  };
}

const engineView = ({ name, capabilities, readPrompt }: Engine): EngineView => ({
  name,
  maxImages: capabilities.maxImages,
  needsImage: capabilities.needsImage,
  lastImage: capabilities.lastImage,
  referenceVideos: capabilities.referenceVideos,
  referenceAudios: capabilities.referenceAudios,
  readsPrompts: readPrompt !== undefined,
});
