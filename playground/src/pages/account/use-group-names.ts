import { texts } from '../../texts/en.ts';
import { useCatalogue } from '../../wire/catalogue.ts';
import { useKeys } from '../../wire/keys.ts';
import type { UsageDimension } from '../../wire/spending.ts';

export type GroupName = (group: string) => string;

/** What people call the groups of a usage. */
export function useGroupNames(by: UsageDimension): GroupName {
  const { data: catalogue } = useCatalogue();
  const { data: keys } = useKeys();
  return (group) => {
    if (by === 'endUser') return group === '' ? texts.account.usage.noEndUser : group;
    if (by === 'apiKey') return keys?.keys.find(({ id }) => id === group)?.name ?? group;
    const model = catalogue?.models.find(({ protocol, id }) => `${protocol}/${id}` === group);
    return model === undefined ? group : `${model.title}, ${texts.protocols[model.protocol]}`;
  };
}
