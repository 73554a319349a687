/** What there is, what it costs, and what is left to spend. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { endpointsOf } from '#catalogue/index.ts';
import type { JsonObject } from '#domain/json.ts';
import { type MicroDollars, toUsdNumber } from '#domain/money.ts';
import { quotePrice } from '#services/quote-price.ts';
import { MAX_INPUT_BYTES } from '../http/body-limits.ts';
import type { HttpDependencies } from '../http/http-dependencies.ts';
import { principalOf } from '../http/principal.ts';
import { publicOrigin } from '../http/public-origin.ts';
import { envelope } from './envelope.ts';
import { foldSeed } from './fold-seed.ts';
import { toModelEntry } from './model-entry.ts';
import { nameResolution } from './name-resolution.ts';

const QuoteRequest = Type.Object({
  model_id: Type.String(),
  inputs: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
});

export function modelRoutes(server: FastifyInstance, deps: HttpDependencies): void {
  server.get('/v3/models', async (request) => {
    const origin = publicOrigin(request, deps);
    const entries = endpointsOf('wavespeed').map((endpoint, index) => toModelEntry(endpoint, index, origin));
    return envelope(entries);
  });

  // `price` is what current clients call, `pricing` what older ones do; each reads its own fields of the same answer.
  for (const path of ['/v3/model/price', '/v3/model/pricing']) {
    server.post<{ Body: Static<typeof QuoteRequest> }>(
      path,
      { schema: { body: QuoteRequest }, bodyLimit: MAX_INPUT_BYTES },
      async ({ body }) => {
        const inputs = nameResolution(foldSeed((body.inputs ?? {}) as JsonObject));
        const { price } = quotePrice({ protocol: 'wavespeed', id: body.model_id }, inputs);
        return envelope(toQuote(body.model_id, price));
      },
    );
  }

  server.get('/v3/balance', async (request) =>
    envelope({ balance: toUsdNumber(await deps.ledger.balance(principalOf(request).accountId)) }),
  );
  server.get('/v3/account/balance', async (request) =>
    envelope({
      balance: toUsdNumber(await deps.ledger.balance(principalOf(request).accountId)),
      currency: 'USD',
    }),
  );
}

/** The fields of both quotes. Nothing is discounted here: the list price is what is held. */
const toQuote = (modelId: string, price: MicroDollars) => ({
  model_id: modelId,
  price: toUsdNumber(price),
  discounted_price: toUsdNumber(price),
  /** Percent of the list price that is paid. */
  discount_rate: 100,
  unit_price: toUsdNumber(price),
  currency: 'USD',
});
