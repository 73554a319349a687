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
    searchMovements: (search) => call('searchMovements', search),
    verify: () => call('verify'),
  },
  tasks: {
    submit: (task, rules) => call('submit', task, rules),
    findRepeated: (submit) => call('findRepeated', submit),
    find: (id, accountId) => call('find', id, accountId),
    list: (accountId, limit) => call('list', accountId, limit),
    search: (search) => call('search', search),
    usage: (accountId, period) => call('usage', accountId, period),
    markDeleted: (ids, accountId, at) => call('markDeleted', ids, accountId, at),
    queuePosition: (id) => call('queuePosition', id),
    readLog: (id, after) => call('readLog', id, after),
    requestCancel: (id, accountId, at) => call('requestCancel', id, accountId, at),
  },
  queue: {
    claim: (workerId, at, leaseExpiresAt, limits) => call('claim', workerId, at, leaseExpiresAt, limits),
    heartbeat: (lease, heartbeat) => call('heartbeat', lease, heartbeat),
    saveEngineHandle: (lease, handle) => call('saveEngineHandle', lease, handle),
    finish: (lease, ending, at, log) => call('finish', lease, ending, at, log),
    giveBack: (lease, reason, at, log) => call('giveBack', lease, reason, at, log),
    reap: (at) => call('reap', at),
    reapAll: (at) => call('reapAll', at),
    expire: (at) => call('expire', at),
    release: (at) => call('release', at),
  },
  webhooks: {
    claim: (claim) => call('claimWebhook', claim),
    record: (lease, report) => call('recordWebhookAttempt', lease, report),
    releaseAll: (at) => call('releaseAllWebhooks', at),
    find: (taskId) => call('findWebhook', taskId),
    resend: (taskId, at) => call('resendWebhook', taskId, at),
  },
  close,
});
