import type { Ports } from '#ports/ports.ts';

/** What the HTTP surface reaches: the ports behind the services it calls, and how clients name this server. */
export interface HttpDependencies
  extends Pick<
    Ports,
    'accounts' | 'assets' | 'clock' | 'engines' | 'ids' | 'ledger' | 'signals' | 'signer' | 'stills' | 'tasks'
  > {
  /** The URL under which clients see this server, when that is not what their requests say (a proxy stands between). */
  readonly publicUrl: string | undefined;
}
