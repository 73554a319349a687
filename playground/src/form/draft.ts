/** What is in a model's form, kept in this browser until it is reset: a reload or a slip loses nothing. */
import type { Model } from '../wire/catalogue.ts';
import type { FormValues } from './form-values.ts';

export interface Draft {
  readonly values: FormValues;
  /** The run whose inputs were last put in or sent from here. */
  readonly runId?: string;
}

const keyOf = ({ protocol, id }: Pick<Model, 'protocol' | 'id'>): string =>
  `animatic:draft:${protocol}/${id}`;

export function readDraft(model: Pick<Model, 'protocol' | 'id'>): Draft | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(model)) ?? 'null');
    return typeof draft?.values === 'object' ? draft : undefined;
  } catch {
    return undefined;
  }
}

export function writeDraft(model: Pick<Model, 'protocol' | 'id'>, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(model), JSON.stringify(draft));
  } catch {
    // Full or switched off: the form works on without being kept.
  }
}

export const forgetDraft = (model: Pick<Model, 'protocol' | 'id'>): void =>
  localStorage.removeItem(keyOf(model));
