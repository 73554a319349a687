import type { Store } from '#ports/store.ts';
import type { OperationArguments, OperationName, OperationResult } from './operations.ts';

/** Runs one operation; a write in a transaction of its own as far as its caller can tell, durable when it resolves. */
export type Call = <Name extends OperationName>(
  name: Name,
  ...rest: OperationArguments<Name>
) => Promise<OperationResult<Name>>;

/** The store's ports over any way of running its operations. */
export const createStore = (call: Call, close: () => Promise<void>): Store => ({
  accounts: {
    createAccount: (account) => call('createAccount', account),
    listAccounts: () => call('listAccounts'),
    createApiKey: (apiKey, hash) => call('createApiKey', apiKey, hash),
    findApiKey: (hash) => call('findApiKey', hash),
    listApiKeys: (accountId) => call('listApiKeys', accountId),
    revokeApiKey: (id, at) => call('revokeApiKey', id, at),
  },
  ledger: {
    grant: (accountId, amount, note, at) => call('grant', accountId, amount, note, at),
    balance: (accountId) => call('balance', accountId),
    listEntries: (accountId, limit) => call('listEntries', accountId, limit),
    verify: () => call('verify'),
  },
  tasks: {
    submit: (task) => call('submit', task),
    find: (id, accountId) => call('find', id, accountId),
    list: (accountId, limit) => call('list', accountId, limit),
    queuePosition: (id) => call('queuePosition', id),
    readLog: (id, after) => call('readLog', id, after),
    requestCancel: (id, accountId, at) => call('requestCancel', id, accountId, at),
  },
  queue: {
    claim: (workerId, at, leaseExpiresAt) => call('claim', workerId, at, leaseExpiresAt),
    heartbeat: (lease, heartbeat) => call('heartbeat', lease, heartbeat),
    saveEngineHandle: (lease, handle) => call('saveEngineHandle', lease, handle),
    finish: (lease, ending, at, log) => call('finish', lease, ending, at, log),
    giveBack: (lease, reason, at, log) => call('giveBack', lease, reason, at, log),
    reap: (at) => call('reap', at),
    reapAll: (at) => call('reapAll', at),
  },
  close,
});
