/** One thing that can be asked over HTTP, as its documentation needs it: what every page and document about the API is made from. */
import type { ErrorCode } from '#domain/errors.ts';
import type { JsonObject } from '#domain/json.ts';

/** In whose words errors are told. */
export type Wire = 'wavespeed' | 'fal' | 'plain';

export const HTTP_METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/**
 * `anybody` needs nothing, `key` an API key, `admin` one of role admin, `upload` the signed query of an upload address, or the key or
 * token of whoever began the upload.
 */
export type Access = 'anybody' | 'key' | 'admin' | 'upload';

export interface ApiParameter {
  readonly name: string;
  readonly in: 'query' | 'header' | 'path';
  /** With its description. */
  readonly schema: JsonObject;
  /** Path parameters always are. */
  readonly required?: boolean;
}

export interface ApiContent {
  /** `application/json` when omitted. */
  readonly type?: string;
  readonly schema: JsonObject;
}

export interface ApiAnswer {
  readonly status: number;
  readonly description: string;
  /** Absent: no body. */
  readonly content?: ApiContent;
}

export interface ApiOperation {
  readonly method: HttpMethod;
  /** With parameters as `{name}`. */
  readonly path: string;
  /** One of the document's tags. */
  readonly tag: string;
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly wire: Wire;
  readonly access: Access;
  readonly parameters?: readonly ApiParameter[];
  readonly body?: ApiContent & { readonly isOptional?: boolean };
  readonly answers: readonly ApiAnswer[];
  /** Beside what every operation of its wire and access may answer. */
  readonly errors?: readonly ErrorCode[];
  /** An older or second form of another operation. */
  readonly isDeprecated?: boolean;
}

export const ok = (schema: JsonObject, description = 'Done.'): ApiAnswer => ({
  status: 200,
  description,
  content: { schema },
});

export const inPath = (name: string, schema: JsonObject): ApiParameter => ({
  name,
  in: 'path',
  schema,
  required: true,
});

export const inQuery = (name: string, schema: JsonObject): ApiParameter => ({ name, in: 'query', schema });

export const inHeader = (name: string, schema: JsonObject): ApiParameter => ({ name, in: 'header', schema });
