/** An endpoint as WaveSpeed's model list shows it. */
import type { Endpoint } from '#catalogue/endpoint.ts';
import { inputSchema } from '#catalogue/input-schema.ts';
import { quote } from '#catalogue/price.ts';
import { readPartialInput } from '#catalogue/read-input.ts';
import type { JsonObject } from '#domain/json.ts';
import { toUsdNumber } from '#domain/money.ts';
import { priceFormula } from './price-formula.ts';

export interface ModelEntry {
  readonly model_id: string;
  /** Repeats the id, as WaveSpeed's own list does. */
  readonly name: string;
  readonly description: string;
  readonly type: string;
  /** USD for a run with every input at its default: the desktop app takes it for the cost of a run. */
  readonly base_price: number;
  /** Ascending in the catalogue's order; clients call models up to 10000 popular. */
  readonly sort_order: number;
  /** JSONata, see `priceFormula`. */
  readonly formula: string;
  readonly api_schema: { readonly api_schemas: readonly [RunSchema] };
}

interface RunSchema {
  readonly type: 'model_run';
  readonly method: 'POST';
  readonly server: string;
  readonly api_path: string;
  readonly request_schema: JsonObject;
}

/** @param index Position in the catalogue, from 0. */
export function toModelEntry(endpoint: Endpoint, index: number, origin: string): ModelEntry {
  return {
    model_id: endpoint.id,
    name: endpoint.id,
    description: endpoint.description,
    type: endpoint.type,
    base_price: toUsdNumber(quote(endpoint, readPartialInput(endpoint, {}).request).price),
    sort_order: index + 1,
    formula: priceFormula(endpoint),
    api_schema: {
      api_schemas: [
        {
          type: 'model_run',
          method: 'POST',
          server: origin,
          api_path: `/api/v3/${endpoint.id}`,
          request_schema: inputSchema(endpoint),
        },
      ],
    },
  };
}
