/** The form of a model's page: its values, what is wrong with them, what they cost, and the files on their way. */
import { useEffect, useRef, useState } from 'react';
import type { Fault } from '../wire/api-client.ts';
import { fieldOfRole, type Model, type ModelInput } from '../wire/catalogue.ts';
import type { JsonValue } from '../wire/json.ts';
import { type Quote, useQuote } from '../wire/quote.ts';
import { useAccount } from '../wire/session.ts';
import { forgetDraft, readDraft, writeDraft } from './draft.ts';
import type { Given } from './dropped-files.ts';
import { type FormValues, filesOf, initialValues, toInput } from './form-values.ts';
import { missingFields } from './missing-fields.ts';
import { useSettled } from './use-settled.ts';
import { type Upload, useUploads } from './use-uploads.ts';

export interface Storyboard {
  readonly model: Model;
  readonly values: FormValues;
  /** What Run would send. */
  readonly input: ModelInput;
  readonly uploads: readonly Upload[];
  readonly quote: Quote | undefined;
  /** Fields that a run needs and that are empty. */
  readonly missing: readonly string[];
  /** What the server would refuse, without what is only missing. */
  readonly faults: readonly Fault[];
  /** The run whose inputs these are, as long as nobody put others in. */
  readonly runId: string | undefined;
  messageOf(field: string): string | undefined;
  /** `undefined` empties the field. */
  set(field: string, value: JsonValue | undefined): void;
  replace(values: FormValues, runId?: string): void;
  reset(): void;
  /** Faults of a refused request, shown until the form changes. */
  refuse(faults: readonly Fault[]): void;
  /** Files or an address for a field; for none in particular, the next one that is free. */
  give(given: Given, field?: string): void;
}

const SETTLING_MS = 250;

export function useStoryboard(model: Model): Storyboard {
  const [draft, setDraft] = useState(() => readDraft(model) ?? { values: initialValues(model) });
  const [refused, setRefused] = useState<readonly Fault[]>([]);
  const { values } = draft;
  const latest = useRef(values);
  const input = toInput(model, values);
  const account = useAccount();
  const asked = useQuote(model, useSettled(input, SETTLING_MS), account != null);

  useEffect(() => writeDraft(model, draft), [model, draft]);

  const replace = (next: FormValues, runId: string | undefined = draft.runId) => {
    latest.current = next;
    setRefused([]);
    setDraft({ values: next, ...(runId === undefined ? {} : { runId }) });
  };
  const set = (field: string, value: JsonValue | undefined) => {
    const { [field]: _, ...others } = latest.current;
    replace(value === undefined ? others : { ...others, [field]: value });
  };
  // Uploads end in any order and long after they began, so that they read the values of then.
  const add = (field: string, address: string) =>
    set(field, isList(model, field) ? [...filesOf(latest.current, field), address] : address);
  const { uploads, problem, give } = useUploads(add);

  const faults = [...refused, ...(asked.data?.faults ?? [])].filter(({ code }) => !isMissing(code));
  return {
    model,
    values,
    input,
    uploads,
    quote: asked.data?.quote,
    missing: missingFields(model, input),
    faults,
    runId: draft.runId,
    messageOf: (field) =>
      problem?.field === field ? problem.message : faults.find(({ path }) => path[0] === field)?.message,
    set,
    replace,
    reset: () => {
      forgetDraft(model);
      replace(initialValues(model));
    },
    refuse: setRefused,
    give: ({ files, address }, field = nextFreeField(model, values)) => {
      if (field === undefined) return;
      const accept = model.schema.properties[field]?.['x-accept'];
      void give(field, isList(model, field) ? files : files.slice(0, 1), accept);
      if (files.length === 0 && address !== undefined) add(field, address);
    },
  };
}

const isMissing = (code: string): boolean => code === 'missing_parameter' || code === 'missing';

export const isList = ({ schema }: Pick<Model, 'schema'>, field: string): boolean =>
  schema.properties[field]?.type === 'array';

/** The first picture's place, then the others', then the end frame's; with all taken, the first one again. */
function nextFreeField(model: Model, values: FormValues): string | undefined {
  const shown = (name: string | undefined): name is string =>
    name !== undefined && model.schema.properties[name]?.['x-hidden'] !== true;
  const fields = (['image', 'images', 'lastImage'] as const)
    .map((role) => fieldOfRole(model, role))
    .filter(shown);
  const isFree = (name: string) =>
    filesOf(values, name).length <
    (isList(model, name) ? (model.schema.properties[name]?.maxItems ?? 10) : 1);
  return fields.find(isFree) ?? fields[0];
}
