/** How long a job is taken for running although nothing good is heard of it. */
import type { Instant } from '#domain/instant.ts';

export interface Patience {
  /** The service cannot be asked. */
  readonly unreachableMs: number;
  /** It answers with a state that this program does not know. */
  readonly strangeMs: number;
  /** It says that there is no such job: lists lag behind for a while. */
  readonly missingMs: number;
}

export type ComplaintKind = 'unreachable' | 'strange' | 'missing';

/** What a complaint means at the moment when it is made. */
export interface Complaint {
  /** The first of its kind in a row: the job's owner is told. */
  readonly isNew: boolean;
  /** Another reason than the last time: the operator is told. */
  readonly hasNewReason: boolean;
  readonly isTooOften: boolean;
}

/** Complaints in a row; one of another kind begins a new one. */
export class Complaints {
  readonly #limits: Readonly<Record<ComplaintKind, number>>;
  #present: { readonly kind: ComplaintKind; readonly since: Instant; readonly reason: string } | undefined;

  constructor({ unreachableMs, strangeMs, missingMs }: Patience) {
    this.#limits = { unreachable: unreachableMs, strange: strangeMs, missing: missingMs };
  }

  add(kind: ComplaintKind, reason: string, now: Instant): Complaint {
    const before = this.#present;
    const isNew = before?.kind !== kind;
    const since = isNew ? now : before.since;
    this.#present = { kind, reason, since };
    return {
      isNew,
      hasNewReason: isNew || before.reason !== reason,
      isTooOften: now - since >= this.#limits[kind],
    };
  }

  clear(): void {
    this.#present = undefined;
  }
}
