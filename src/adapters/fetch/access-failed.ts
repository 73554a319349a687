import { AnimaticError } from '#domain/errors.ts';

/** System, TLS, undici and zlib error codes -> what happened, in words that complete "The file at <host> could not be fetched: ...". */
const REASONS: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'its host name could not be looked up',
  ENOTFOUND: 'its host name does not exist',
  ECONNREFUSED: 'the server does not accept connections',
  ECONNRESET: 'the server broke the connection off',
  EHOSTUNREACH: 'the server cannot be reached',
  ENETUNREACH: 'the server cannot be reached',
  ETIMEDOUT: 'the server did not answer in time',
  CERT_HAS_EXPIRED: 'its TLS certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its TLS certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its TLS certificate is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate belongs to another host name',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its TLS certificate cannot be verified',
  UND_ERR_BODY_TIMEOUT: 'the server stopped sending',
  UND_ERR_CONNECT_TIMEOUT: 'the server did not answer in time',
  UND_ERR_HEADERS_OVERFLOW: 'the server sent an unusable answer',
  UND_ERR_HEADERS_TIMEOUT: 'the server did not answer in time',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the file broke off before its end',
  UND_ERR_SOCKET: 'the server broke the connection off',
  Z_BUF_ERROR: 'the compressed file broke off before its end',
  Z_DATA_ERROR: 'the file is not compressed as the server says',
};

/** A file that could not be had, for a reason outside this server. `reason` completes "could not be fetched: ...". */
export function fetchProblem(url: URL, reason: string, cause?: unknown): AnimaticError {
  return new AnimaticError(
    'media_access_failed',
    `The file at ${url.host} could not be fetched: ${reason}. Check that the URL opens without signing in, or upload the file.`,
    { details: { host: url.host }, ...(cause === undefined ? {} : { cause }) },
  );
}

/** What an error thrown by resolver, connection or decompression means, without naming addresses. */
export const failureReason = (error: unknown): string =>
  REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'the connection failed';

/** The same as `fetchProblem` for such an error; the original is kept as the cause. */
export const accessFailed = (url: URL, error: unknown): AnimaticError =>
  fetchProblem(url, failureReason(error), error);
