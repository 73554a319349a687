/** How much an account may do at once: WaveSpeed's levels, by their page "Account Levels & Rate Limits". */

export interface AccountLimits {
  /** Submits beyond them are refused until the next minute of the clock begins. */
  readonly submitsPerMinute: number;
  /** Tasks beyond them wait, however many workers are free. */
  readonly mostRunning: number;
}

export const ACCOUNT_LEVELS = {
  bronze: { submitsPerMinute: 2, mostRunning: 2 },
  silver: { submitsPerMinute: 500, mostRunning: 300 },
  gold: { submitsPerMinute: 3000, mostRunning: 3000 },
  ultra: { submitsPerMinute: 5000, mostRunning: 10_000 },
} as const satisfies Readonly<Record<string, AccountLimits>>;

export type AccountLevel = keyof typeof ACCOUNT_LEVELS;
