import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { Agent } from 'undici';
import type { FetchTarget } from './fetch-target.ts';

export interface PinnedAgentTimeouts {
  readonly connectMs: number;
  /** From the request to the end of the answer's headers. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly bodyIdleMs: number;
}

/**
 * An HTTP client whose connections go to the target's checked addresses and nowhere else: the name is not resolved again, yet
 * stays in the Host header, in TLS's server name and in the check of the certificate. No proxy of the environment is used. For
 * one exchange; destroy it afterwards.
 */
export function createPinnedAgent(target: FetchTarget, timeouts: PinnedAgentTimeouts): Agent {
  const addresses = target.addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_hostname, options, callback) => {
    if (options.all === true) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
  return new Agent({
    connect: { lookup, timeout: timeouts.connectMs, autoSelectFamily: true, allowH2: false },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyIdleMs,
  });
}
