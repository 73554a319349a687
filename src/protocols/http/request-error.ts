/** Brings everything that a handler or Fastify itself can throw into the project's one error class. */
import type { FastifyRequest } from 'fastify';
import { AnimaticError, InputError, type InputFault } from '#domain/errors.ts';

/** The members of Fastify's own errors that are read here. */
interface FastifyFailure extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly validation?: readonly SchemaViolation[];
}

interface SchemaViolation {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string;
  readonly params: { readonly missingProperty?: string; readonly allowedValues?: readonly unknown[] };
}

/** What reading a body fails with when its sender goes away: no defect of ours, and nobody is left to be told. */
const BROKEN_OFF: readonly string[] = ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'];

/** What is not meant for users becomes `internal`; its cause goes to the log and nowhere else. */
export function toAnimaticError(error: unknown, request: FastifyRequest): AnimaticError {
  if (error instanceof AnimaticError) return error;
  const failure: Partial<FastifyFailure> = error instanceof Error ? error : {};
  if (failure.validation !== undefined) return violationError(failure.validation);
  if (failure.code?.startsWith('FST_') === true && (failure.statusCode ?? 500) < 500) {
    return fastifyError(failure.statusCode, failure.message ?? '');
  }
  if (!request.raw.complete && BROKEN_OFF.includes(failure.code ?? '')) {
    return new AnimaticError('malformed_request', 'The request broke off before its end; send it again.');
  }
  request.log.error({ err: error, path: request.url.split('?')[0] }, 'A request failed unexpectedly.');
  return new AnimaticError(
    'internal',
    `Something failed inside the server; its log has the cause under request ${request.id}.`,
    { cause: error },
  );
}

function fastifyError(statusCode: number | undefined, message: string): AnimaticError {
  if (statusCode === 413) {
    return new AnimaticError(
      'payload_too_large',
      'The body is larger than this server reads; upload files first and send their URLs.',
    );
  }
  if (statusCode === 415) {
    return new AnimaticError(
      'malformed_request',
      'The body has a content type that is not read here; send JSON with "Content-Type: application/json".',
    );
  }
  return new AnimaticError('malformed_request', `The request cannot be read: ${message}.`);
}

/** Violations of a route's own schema (the catalogue's inputs are checked by the catalogue). */
function violationError(violations: readonly SchemaViolation[]): InputError {
  const faults = violations.map((violation): InputFault => {
    const missing = violation.params.missingProperty;
    const path = [...violation.instancePath.split('/').slice(1), ...(missing === undefined ? [] : [missing])];
    const name = path.length === 0 ? 'The body' : `"${path.join('.')}"`;
    return {
      code: missing === undefined ? 'invalid_parameter' : 'missing_parameter',
      path,
      message: `${name} ${missing === undefined ? requirementOf(violation) : 'is required'}.`,
      details: { rule: violation.keyword },
    };
  });
  return new InputError(faults as [InputFault, ...InputFault[]]);
}

function requirementOf({ params: { allowedValues }, message }: SchemaViolation): string {
  return allowedValues === undefined
    ? (message ?? 'is not valid')
    : `must be one of ${allowedValues.join(', ')}`;
}
