/** The addresses of all pages, in one place. The server answers each of them with the same document. */
import type { Protocol } from '../wire/catalogue.ts';

interface ModelName {
  readonly protocol: Protocol;
  readonly id: string;
}

export const paths = {
  models: '/',
  /** `tab` is left out for the first one. */
  model: ({ protocol, id }: ModelName): string => `/models/${protocol}/${id}`,
  /** The model page with a run open; its inputs are in the form. */
  run: (run: { readonly protocol: Protocol; readonly endpoint: string; readonly id: string }): string =>
    `/models/${run.protocol}/${run.endpoint}?run=${run.id}`,
  signIn: '/sign-in',
  runs: '/runs',
  compare: (left?: string, right?: string): string =>
    left === undefined ? '/compare' : `/compare?left=${left}${right === undefined ? '' : `&right=${right}`}`,
  keys: '/keys',
  usage: '/usage',
  webhooks: '/webhooks',
  server: '/server',
} as const;
