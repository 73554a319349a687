import { paths } from '../../app/routes.ts';
import type { UsageDimension } from '../../wire/spending.ts';

const FILTERS: Readonly<Record<UsageDimension, string>> = {
  endpoint: 'model',
  apiKey: 'apiKeyId',
  endUser: 'endUserId',
};

/**
 * The runs behind a number. Runs without an end user cannot be looked for by it, so that only their time is.
 * @param from The first moment, RFC 3339. @param until The one after the last.
 */
export function runsBehind(by: UsageDimension, group: string, from: string, until: string): string {
  const filter = group === '' ? {} : { [FILTERS[by]]: group };
  return `${paths.runs}?${new URLSearchParams({ ...filter, from, until })}`;
}
