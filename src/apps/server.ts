/** The whole program: HTTP, workers and reaper around one composition. Starts in order, stops in reverse. */
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { AnimaticError } from '#domain/errors.ts';
import type { MicroDollars } from '#domain/money.ts';
import type { Ports } from '#ports/ports.ts';
import { createHttpServer } from '#protocols/http/create-http-server.ts';
import { EmulatorControls } from '#protocols/http/emulator-controls.ts';
import { signInUrl } from '#protocols/session/session-routes.ts';
import { authenticate } from '#services/api-keys.ts';
import { recoverWebhooks } from '#services/deliver-webhooks.ts';
import { recoverTasks } from '#services/reap-stale-tasks.ts';
import { issueTicket } from '#services/sessions.ts';
import { submitPolicyOf } from './account-limits.ts';
import { compose } from './compose.ts';
import { createLog } from './create-log.ts';
import { openDataFolder, removeServerNotice, writeServerNotice } from './data-folder.ts';
import { type FirstAccount, makeFirstKey, openFirstAccount } from './first-account.ts';
import { loadTls } from './load-tls.ts';
import type { Settings } from './settings.ts';
import { startWork } from './start-work.ts';

export interface RunningServer extends FirstAccount {
  /** Origin on which it listens. */
  readonly url: string;
  /** Made just now, for the first person; undefined when there is a key for people already. */
  readonly firstKey: string | undefined;
  /** Opens the playground for whoever follows it first; undefined on a server that other machines can reach. */
  readonly signInUrl: string | undefined;
  /** What the first account can spend. */
  readonly credit: MicroDollars;
  /** The certificate authority that clients have to trust; undefined with plain HTTP and with the operator's own certificate. */
  readonly authorityPath: string | undefined;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Notes the address in the data folder for the command line, and makes a first key for people. */
  readonly announce: boolean;
  /** Makes the clips that are queued. */
  readonly work: boolean;
}

/** Longer than any answer but a file over a slow line, and well within the ten seconds that service managers wait. */
const CLOSE_GRACE_MS = 5000;

/** Where `npm run playground` puts its build. */
const PLAYGROUND_FOLDER = path.resolve(import.meta.dirname, '../../playground/dist');

const SAMPLE_TEXTS = { title: 'Lakeside', prompt: 'slow push in, clouds drift' };

/** @throws AnimaticError `data_folder_in_use`, `bad_setting` (also when the port is taken). */
export async function startServer(
  settings: Settings,
  { announce, work }: ServerOptions,
): Promise<RunningServer> {
  const log = createLog(settings.logLevel);
  await using started = new AsyncDisposableStack();
  const { ports, warm, watch, close } = await compose(settings, openDataFolder(settings.dataFolder), log);
  started.defer(close);
  const account = await openFirstAccount(ports, settings);
  if (work) await recover(ports);
  const tls = await loadTls(settings);
  const http = await createHttpServer(
    {
      ...ports,
      publicUrl: settings.publicUrl,
      submitPolicy: submitPolicyOf(settings),
      ...emulatorControlsOf(settings),
    },
    {
      logger: log,
      ...(tls === undefined ? {} : { tls }),
      examples: [{ ...SAMPLE_TEXTS, imageUrlPath: account.sampleUrlPath }],
      playgroundFolder: PLAYGROUND_FOLDER,
    },
  );
  started.defer(() => closeHttp(http));
  const url = await listen(http, settings);
  if (work) {
    watch();
    const running = startWork(ports, settings);
    started.defer(() => running.stop());
    const stopping = new AbortController();
    started.defer(() => stopping.abort());
    void warm().then((isWarm) => {
      if (!isWarm && !stopping.signal.aborted)
        log.error('The render process does not run: no clip can be made.');
    });
  }
  // The key is shown once: it is made when nothing is left that could keep it from being shown.
  const wantsKey = announce && settings.bootstrapKey === undefined;
  const firstKey = wantsKey ? await makeFirstKey(ports, account.accountId) : undefined;
  const credit = await ports.ledger.balance(account.accountId);
  const link = announce ? await localSignIn(ports, account, settings, url) : undefined;
  if (announce) {
    writeServerNotice(settings.dataFolder, url);
    started.defer(() => removeServerNotice(settings.dataFolder));
  }
  const server = started.move();
  const authorityPath = tls?.authorityPath;
  return {
    ...account,
    url,
    firstKey,
    signInUrl: link,
    credit,
    authorityPath,
    close: () => server.disposeAsync(),
  };
}

/** On a machine of one's own, whoever sees the start is let in; on others a key is asked for. */
async function localSignIn(
  ports: Ports,
  { commandLineKey }: FirstAccount,
  { host, publicUrl }: Settings,
  url: string,
): Promise<string | undefined> {
  if (!isLoopback(host)) return undefined;
  const { apiKeyId } = await authenticate(ports, commandLineKey);
  const { id } = await issueTicket(ports, apiKeyId);
  return signInUrl(publicUrl ?? url, id);
}

const isLoopback = (host: string): boolean => /^(?:localhost|127\.[\d.]+|::1)$/.test(host);

function emulatorControlsOf(settings: Settings): { readonly emulatorControls?: EmulatorControls } {
  if (settings.emulatorControls === 'off') return {};
  return { emulatorControls: new EmulatorControls({ realtimeSeconds: settings.emulatorRealtimeSeconds }) };
}

/** What a previous run left unfinished. */
async function recover(ports: Ports): Promise<void> {
  await recoverTasks(ports);
  await recoverWebhooks(ports);
}

async function listen(http: FastifyInstance, settings: Settings): Promise<string> {
  try {
    return await http.listen({ host: settings.host, port: settings.port });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const why = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be listened on (${code})`;
    throw new AnimaticError(
      'bad_setting',
      `${settings.host}:${settings.port} ${why}; set ANIMATIC_HOST or ANIMATIC_PORT.`,
      { cause },
    );
  }
}

/** Answers under way may end; a download that takes longer is cut, and can be taken up again. */
async function closeHttp(http: FastifyInstance): Promise<void> {
  const impatience = setTimeout(() => http.server.closeAllConnections(), CLOSE_GRACE_MS);
  try {
    await http.close();
  } finally {
    clearTimeout(impatience);
  }
}
