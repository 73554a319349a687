/**
 * Ark's models still read settings out of the prompt (`--rs 1080p --dur 12`), so that somebody who paid for 480p could write himself
 * a dearer clip. Such flags lose their dashes and become words.
 */

const FLAGS = [
  'resolution',
  'rs',
  'ratio',
  'rt',
  'duration',
  'dur',
  'framespersecond',
  'fps',
  'seed',
  'camerafixed',
  'cf',
  'watermark',
  'wm',
] as const;

/** All of Unicode's dashes and minus signs: word processors turn `--` into one of them. */
const DASH = '\\p{Pd}\\u2212\\uFE63\\uFF0D';
/** Invisible characters that could stand between two dashes. */
const INVISIBLE = '\\u00AD\\u200B-\\u200F\\u2060\\uFEFF';

/**
 * Two or more dashes, or one that is no plain hyphen, right before a flag's name that ends there. `half-seed` is a word, `--seeds` is
 * no flag.
 */
const FLAG = new RegExp(
  `(?:[${DASH}][${DASH}${INVISIBLE}]+|(?!-)[${DASH}])(${FLAGS.join('|')})(?!\\p{L})`,
  'giu',
);

/** The prompt with every flag's dashes gone; words that touched the dashes stay apart. */
export function neutraliseFlags(prompt: string): string {
  return prompt.replace(FLAG, (_match, name: string, offset: number) =>
    offset === 0 || /\s$/.test(prompt.slice(0, offset)) ? name : ` ${name}`,
  );
}
