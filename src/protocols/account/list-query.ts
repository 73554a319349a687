/** What the account's lists have in common: how a page is asked for, and how moments are written. */
import { Type } from 'typebox';
import { AnimaticError } from '#domain/errors.ts';
import { type Instant, instant } from '#domain/instant.ts';

export const LARGEST_PAGE = 100;
const USUAL_PAGE = 40;

export const Limit = Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, default: USUAL_PAGE });

/** RFC 3339. @throws AnimaticError `invalid_parameter`. */
export function momentOf(text: string | undefined, name: string): Instant | undefined {
  if (text === undefined || text === '') return undefined;
  const epochMs = Date.parse(text);
  if (!Number.isNaN(epochMs)) return instant(epochMs);
  throw new AnimaticError(
    'invalid_parameter',
    `"${name}" must be a moment such as 2026-04-01T12:00:00Z; "${text}" was given.`,
    { path: [name] },
  );
}

/** A list of words between commas, each of them known; undefined for an empty one. @throws AnimaticError `invalid_parameter`. */
export function someOf<Word extends string>(
  text: string | undefined,
  known: readonly Word[],
  name: string,
): readonly [Word, ...Word[]] | undefined {
  const [first, ...others] = (text ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const word = known.find((candidate) => candidate === part);
      if (word !== undefined) return word;
      throw new AnimaticError(
        'invalid_parameter',
        `"${name}" may name ${known.join(', ')}, with commas between; "${part}" was given.`,
        { path: [name] },
      );
    });
  return first === undefined ? undefined : [first, ...others];
}

/** An empty text asks for nothing, as a form sends it. */
export const given = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
