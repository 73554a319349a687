/** The programs that a page shows, by language; each file here writes one. */
import type { Model, ModelInput } from '../wire/catalogue.ts';

export interface CodePlace {
  /** Of this server. */
  readonly origin: string;
  /** A placeholder where it is omitted. */
  readonly key?: string | undefined;
}

export type WriteCode = (
  model: Pick<Model, 'protocol' | 'id' | 'submitPath'>,
  input: ModelInput,
  place: CodePlace,
) => string;

/** Stands where the API key belongs. */
export const KEY_PLACEHOLDER = 'YOUR_KEY';

/** Every line but the first indented by `spaces`. */
export const indentRest = (text: string, spaces: number): string =>
  text.replaceAll('\n', `\n${' '.repeat(spaces)}`);
