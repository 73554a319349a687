/**
 * Counts how often a submit was refused because it asked for that, by API key and body. Kept in memory: a restart begins anew. A submit
 * that gets through ends its count, so that sending it once more plays the same again.
 */
import type { ApiKeyId } from '#domain/ids.ts';
import { fingerprintOf, type SubmittedRequest } from '../recognise-submit.ts';

/** The oldest counts are dropped beyond that. */
const MOST_COUNTED = 10_000;

export class RefusalCount {
  readonly #counts = new Map<string, number>();

  /** @param submit.times How often it is to be refused before it gets through. */
  async isRefused(
    submit: Pick<SubmittedRequest, 'endpoint' | 'body'> & {
      readonly apiKeyId: ApiKeyId;
      readonly times: number;
    },
  ): Promise<boolean> {
    const { apiKeyId, endpoint, body, times } = submit;
    const key = `${apiKeyId} ${await fingerprintOf({ endpoint, body, webhookUrl: undefined })}`;
    const refused = this.#counts.get(key) ?? 0;
    this.#counts.delete(key);
    if (refused >= times) return false;
    this.#counts.set(key, refused + 1);
    if (this.#counts.size > MOST_COUNTED) this.#counts.delete(this.#counts.keys().next().value!);
    return true;
  }
}
