/** The operator's settings as the limits that submits and workers know. */
import { ACCOUNT_LEVELS, type AccountLimits } from '#domain/account-level.ts';
import type { SubmitPolicy } from '#services/submit-task.ts';
import type { Settings } from './settings.ts';

export function submitPolicyOf(
  settings: Pick<Settings, 'accountLevel' | 'duplicateWindowSeconds'>,
): SubmitPolicy {
  const limits = limitsOf(settings);
  return {
    duplicateWindowMs: settings.duplicateWindowSeconds * 1000,
    ...(limits === undefined ? {} : { mostPerMinute: limits.submitsPerMinute }),
  };
}

/** For `runWorker`. */
export function workLimitsOf(settings: Pick<Settings, 'accountLevel'>): { readonly mostPerAccount?: number } {
  const limits = limitsOf(settings);
  return limits === undefined ? {} : { mostPerAccount: limits.mostRunning };
}

const limitsOf = ({ accountLevel }: Pick<Settings, 'accountLevel'>): AccountLimits | undefined =>
  accountLevel === 'off' ? undefined : ACCOUNT_LEVELS[accountLevel];
