import { curlOf } from '../../code/curl.ts';
import { type Catalogue, fieldOfRole, useCatalogue } from '../../wire/catalogue.ts';
import type { JsonObject } from '../../wire/json.ts';
import { useTypedKey } from '../../wire/session-key.ts';

interface CurlLine {
  /** With a placeholder for the key. */
  readonly shown: string;
  /** With the key that was typed into this page, if one was. */
  readonly copied: string;
}

/** The line that makes a first run: the first model with the first example. Undefined until the catalogue is there. */
export function useFirstRunCurl(query = ''): CurlLine | undefined {
  const key = useTypedKey();
  const { data } = useCatalogue();
  const model = data?.models[0];
  if (data === undefined || model === undefined) return undefined;
  const asked = { ...model, submitPath: model.submitPath + query };
  const lineWith = (place: { readonly key?: string | undefined }) =>
    curlOf(asked, exampleInput(data), { origin: location.origin, ...place });
  return { shown: lineWith({}), copied: lineWith({ key }) };
}

function exampleInput({ models, examples }: Catalogue): JsonObject {
  const model = models[0]!;
  const example = examples?.[0];
  const picture = fieldOfRole(model, 'image') ?? fieldOfRole(model, 'images')!;
  const url = `${location.origin}${example?.imageUrlPath ?? '/files/...'}`;
  return {
    [picture]: model.roles[picture] === 'image' ? url : [url],
    [fieldOfRole(model, 'prompt')!]: example?.prompt ?? 'slow push in',
  };
}
