import type { Ports } from '#ports/ports.ts';
import type { SubmitPolicy } from '#services/submit-task.ts';
import type { EmulatorControls } from './emulator-controls.ts';

/** What the HTTP surface reaches: the ports behind the services it calls, and how clients name this server. */
export interface HttpDependencies
  extends Pick<
    Ports,
    | 'accounts'
    | 'assets'
    | 'clock'
    | 'engines'
    | 'fileRules'
    | 'ids'
    | 'ledger'
    | 'log'
    | 'partUploads'
    | 'posters'
    | 'queue'
    | 'signals'
    | 'signer'
    | 'stills'
    | 'tasks'
    | 'uploads'
    | 'webhookKey'
    | 'webhooks'
    | 'webhookSender'
  > {
  /** The URL under which clients see this server, when that is not what their requests say (a proxy stands between). */
  readonly publicUrl: string | undefined;
  readonly submitPolicy?: SubmitPolicy;
  /** Where it is omitted, wishes to the emulator mean nothing. */
  readonly emulatorControls?: EmulatorControls;
}
