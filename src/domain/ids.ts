/** Identifiers are strings branded by what they name, so that one cannot be passed for another. */

declare const brand: unique symbol;
type Id<Kind extends string> = string & { readonly [brand]: Kind };

/** A customer account: owner of keys, credit, tasks and files. */
export type AccountId = Id<'account'>;
/** An API key's public handle; the key itself is stored only as a hash. */
export type ApiKeyId = Id<'apiKey'>;
/** 32 lower-case hex digits: what WaveSpeed calls a prediction id and fal a request id. */
export type TaskId = Id<'task'>;
/** An uploaded or generated file; unguessable, because its URL is its only protection. */
export type AssetId = Id<'asset'>;
/** One worker loop of one running program. */
export type WorkerId = Id<'worker'>;

export const accountId = (text: string): AccountId => text as AccountId;
export const apiKeyId = (text: string): ApiKeyId => text as ApiKeyId;
export const taskId = (text: string): TaskId => text as TaskId;
export const assetId = (text: string): AssetId => text as AssetId;
export const workerId = (text: string): WorkerId => text as WorkerId;
