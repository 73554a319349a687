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
    createAccount: (account, openingCredit) => call('createAccount', account, openingCredit),
    listAccounts: () => call('listAccounts'),
    createApiKey: (apiKey, hash) => call('createApiKey', apiKey, hash),
    findApiKey: (hash) => call('findApiKey', hash),
    listApiKeys: (accountId) => call('listApiKeys', accountId),
    revokeApiKey: (id, at) => call('revokeApiKey', id, at),
    createSession: (session, hash) => call('createSession', session, hash),
    findSession: (hash, at) => call('findSession', hash, at),
    redeemTicket: (hash, at) => call('redeemTicket', hash, at),
    endSession: (hash) => call('endSession', hash),
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
    browse: (browse) => call('browse', browse),
    usage: (accountId, period) => call('usage', accountId, period),
    margins: (period) => call('margins', period),
    usageBy: (dimension, accountId, period) => call('usageBy', dimension, accountId, period),
    markDeleted: (ids, accountId, at) => call('markDeleted', ids, accountId, at),
    deleteEnded: (endedUntil, at, limit) => call('deleteEnded', endedUntil, at, limit),
    withFilesLeft: (limit) => call('tasksWithFilesLeft', limit),
    noteFilesRemoved: (id) => call('noteFilesRemoved', id),
    queuePosition: (id) => call('queuePosition', id),
    readLog: (id, after) => call('readLog', id, after),
    requestCancel: (id, accountId, at) => call('requestCancel', id, accountId, at),
  },
  queue: {
    claim: (workerId, at, leaseExpiresAt, limits) => call('claim', workerId, at, leaseExpiresAt, limits),
    heartbeat: (lease, heartbeat) => call('heartbeat', lease, heartbeat),
    noteEngineStart: (lease, noted) => call('noteEngineStart', lease, noted),
    forgetEngineStart: (lease) => call('forgetEngineStart', lease),
    saveEngineHandle: (lease, handle) => call('saveEngineHandle', lease, handle),
    park: (lease, at, log) => call('park', lease, at, log),
    listParked: (limit) => call('listParked', limit),
    unpark: (id, verdict, at, log) => call('unpark', id, verdict, at, log),
    finish: (lease, ending, at, log) => call('finish', lease, ending, at, log),
    giveBack: (lease, reason, at, log) => call('giveBack', lease, reason, at, log),
    reap: (at) => call('reap', at),
    reapAll: (at) => call('reapAll', at),
    expire: (at) => call('expire', at),
    release: (at) => call('release', at),
    depth: () => call('depth'),
  },
  webhooks: {
    claim: (claim) => call('claimWebhook', claim),
    record: (lease, report) => call('recordWebhookAttempt', lease, report),
    releaseAll: (at) => call('releaseAllWebhooks', at),
    forgetEnded: (queuedUntil, limit) => call('forgetEndedWebhooks', queuedUntil, limit),
    find: (taskId) => call('findWebhook', taskId),
    list: (listing) => call('listWebhooks', listing),
    resend: (taskId, at) => call('resendWebhook', taskId, at),
  },
  fileRules: {
    set: (id, rule) => call('setFileRule', id, rule),
    find: (id) => call('findFileRule', id),
    expired: (at, limit) => call('expiredFiles', at, limit),
    forget: (id) => call('forgetFileRule', id),
  },
  partUploads: {
    begin: (upload) => call('beginPartUpload', upload),
    find: (id) => call('findPartUpload', id),
    parts: (id) => call('listUploadParts', id),
    addPart: (id, part, maxBytes) => call('addUploadPart', id, part, maxBytes),
    end: (id) => call('endPartUpload', id),
    expired: (at, limit) => call('expiredPartUploads', at, limit),
  },
  uploads: {
    note: (id, at) => call('noteUpload', id, at),
    notedUntil: (at, limit) => call('uploadsNotedUntil', at, limit),
    forget: (id) => call('forgetUpload', id),
  },
  close,
});
