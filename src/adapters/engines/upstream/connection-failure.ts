/** Told by resolver, operating system or TLS before the first byte of a request: no connection came about. */
const BEFORE_SENDING: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ENOTFOUND',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
}

/** Whether an error of a request proves that the service has not seen any of it. A reset or a time-out proves nothing. */
export function nothingWasSent(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, syscall } = error as SystemError;
  return (typeof code === 'string' && BEFORE_SENDING.has(code)) || syscall === 'connect';
}
