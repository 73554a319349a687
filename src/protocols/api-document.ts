/**
 * The OpenAPI document of this server. Run as a program it writes the checked-in copy:
 * `node src/protocols/api-document.ts`.
 */
import { writeFileSync } from 'node:fs';
import type { JsonObject } from '#domain/json.ts';
import { FAL_FAILURES } from './fal/fal-error.ts';
import { PLAIN_STATUSES } from './http/plain-error.ts';
import { openApiDocument } from './openapi/document.ts';
import { WAVESPEED_FAILURES } from './wavespeed/wavespeed-error.ts';

export const API_DOCUMENT_FILE = new URL('../../docs/openapi.json', import.meta.url);

export const apiDocument = (): JsonObject =>
  openApiDocument({
    wavespeed: (code) => WAVESPEED_FAILURES[code].httpStatus,
    fal: (code) => FAL_FAILURES[code].httpStatus,
    plain: (code) => PLAIN_STATUSES[code],
  });

export const apiDocumentText = (): string => `${JSON.stringify(apiDocument(), undefined, 2)}\n`;

if (import.meta.main) writeFileSync(API_DOCUMENT_FILE, apiDocumentText());
