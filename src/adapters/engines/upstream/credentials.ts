/** The operator's keys at a service. A job is followed with the key that started it; keys never leave in texts. */

export interface Credential {
  /** What handles and messages call it. */
  readonly name: string;
  readonly apiKey: string;
}

/** The first is used for new jobs, the others for jobs that they started. */
export type Credentials = readonly [current: Credential, ...older: Credential[]];

const SHORTEST_SECRET = 4;

/** Services quote keys in their errors; this takes them out again. */
export function withoutKeys(text: string, credentials: Credentials): string {
  // A key of fal's consists of two halves, of which either may be quoted.
  const secrets = credentials.flatMap(({ apiKey }) => [apiKey, ...apiKey.split(':')]);
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
